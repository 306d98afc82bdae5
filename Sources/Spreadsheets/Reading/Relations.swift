/// What a part leads to (ECMA-376 part 2, section 6.5).
struct Relations {
  /// A part and what it is: the last word of its type.
  struct Target {
    let part: String
    let type: String
  }

  /// By the name of the relation.
  private(set) var targets: [String: Target] = [:]

  /// The relations of a part; of the whole archive, if its name is empty. None, if nothing is written.
  init(_ archive: ZipArchive, of part: String) throws(WorkbookFailure) {
    let slash = part.lastIndex(of: "/")
    let folder = slash.map { String(part[...$0]) } ?? ""
    let name = slash.map { String(part[part.index(after: $0)...]) } ?? part
    let own = "\(folder)_rels/\(name).rels"
    guard archive.entry(own) != nil else { return }
    targets = try archive.read(own) { (scanner) throws(MarkupFailure) in
      var targets: [String: Target] = [:]
      while true {
        switch try scanner.next() {
        case .finish: return targets
        case .start where scanner.isNamed("Relationship"):
          let found = try scanner.values(["Id", "Type", "Target", "TargetMode"])
          guard let id = found[0], let type = found[1], let target = found[2],
            found[3] != "External"
          else { continue }
          let word = type.split(separator: "/").last.map(String.init) ?? ""
          targets[id] = Target(part: resolved(target, in: folder), type: word)
        case .start, .end, .text: break
        }
      }
    }
  }

  /// The part of a type; the first by name if there are several.
  func part(_ type: String) -> String? {
    targets.sorted { $0.key < $1.key }.first { $0.value.type == type }?.value.part
  }
}

/// The name of a part from the folder of the part that names it.
private func resolved(_ target: String, in folder: String) -> String {
  if target.hasPrefix("/") { return String(target.dropFirst()) }
  var steps = folder.split(separator: "/")
  for step in target.split(separator: "/") where step != "." {
    if step == ".." { _ = steps.popLast() } else { steps.append(step) }
  }
  return steps.joined(separator: "/")
}
