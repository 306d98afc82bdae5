import FundCore

/// Places inside a tree, named like `models.bank.payers.fund.share.value`.
///
/// A part of a path is a key of a mapping. In a list it is the `id`, the `party` or the `name` of
/// an item, or the item's number from 1.
extension DocumentNode {
  /// The node at a path; `nil` if there is none.
  public func node(at path: String) -> DocumentNode? {
    var node = self
    for part in pathParts(path) {
      guard let next = node.child(part) else { return nil }
      node = next
    }
    return node
  }

  /// This tree with another node at `path`.
  ///
  /// - Returns: `nil` if the path does not exist. Its last part may be a new key of an existing
  ///   mapping.
  public func replacing(path: String, with replacement: DocumentNode) -> DocumentNode? {
    replacing(parts: pathParts(path)[...], with: replacement)
  }

  /// The paths of all values that are neither mappings nor lists, in the order of the file.
  public func paths() -> [String] {
    var found: [String] = []
    collectPaths(prefix: "", into: &found)
    return found
  }

  private func collectPaths(prefix: String, into found: inout [String]) {
    let start = prefix.isEmpty ? "" : prefix + "."
    switch content {
    case .scalar, .null:
      if !prefix.isEmpty { found.append(prefix) }
    case .mapping(let entries):
      for entry in entries {
        entry.value.collectPaths(prefix: start + entry.key.value, into: &found)
      }
    case .sequence(let items):
      for (name, item) in zip(pathNames(of: items), items) {
        item.collectPaths(prefix: start + name, into: &found)
      }
    }
  }

  private func child(_ part: String) -> DocumentNode? {
    switch content {
    case .mapping(let entries): entries.first { $0.key.value == part }?.value
    case .sequence(let items): itemIndex(part, in: items).map { items[$0] }
    case .scalar, .null: nil
    }
  }

  private func replacing(
    parts: ArraySlice<String>, with replacement: DocumentNode
  ) -> DocumentNode? {
    guard let part = parts.first else { return replacement }
    let rest = parts.dropFirst()
    switch content {
    case .mapping(var entries):
      if let index = entries.firstIndex(where: { $0.key.value == part }) {
        let old = entries[index]
        guard let value = old.value.replacing(parts: rest, with: replacement) else { return nil }
        entries[index] = DocumentEntry(key: old.key, value: value)
      } else {
        guard rest.isEmpty, !part.isEmpty else { return nil }
        let key = Written(part, at: replacement.location)
        entries.append(DocumentEntry(key: key, value: replacement))
      }
      return DocumentNode(content: .mapping(entries), location: location)
    case .sequence(var items):
      guard let index = itemIndex(part, in: items),
        let item = items[index].replacing(parts: rest, with: replacement)
      else { return nil }
      items[index] = item
      return DocumentNode(content: .sequence(items), location: location)
    case .scalar, .null:
      return nil
    }
  }

  /// The word by which a path can name this item of a list.
  fileprivate var itemName: String? {
    for key in itemNameKeys {
      if let name = entries?.first(where: { $0.key.value == key })?.value.text,
        !name.isEmpty, !name.contains(".")
      {
        return name
      }
    }
    return nil
  }
}

private let itemNameKeys = ["id", "party", "name"]

/// The part of a path that names each item of a list.
func pathNames(of items: [DocumentNode]) -> [String] {
  items.enumerated().map { index, item in
    guard let name = item.itemName, itemIndex(name, in: items) == index else {
      return "\(index + 1)"
    }
    return name
  }
}

private func pathParts(_ path: String) -> [String] {
  path.isEmpty ? [] : path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
}

/// The first item that a part of a path names: by `id`, then `party`, then `name`, then number.
private func itemIndex(_ part: String, in items: [DocumentNode]) -> Int? {
  for key in itemNameKeys {
    let index = items.firstIndex { item in
      item.entries?.contains { $0.key.value == key && $0.value.text == part } ?? false
    }
    if let index { return index }
  }
  guard let number = Int(part), items.indices.contains(number - 1) else { return nil }
  return number - 1
}
