import FundCore
import PolicyLibrary

/// What a new draft is called.
struct NewName {
  /// What people call it: the folder's own name.
  let title: String
  /// The draft's id: the title itself, or one made for a title that cannot be an id.
  let id: String

  /// The file of the programme.
  var programmeFile: String { "\(id).yaml" }

  /// Takes the name from the path of the folder.
  ///
  /// - Throws: `bad-name` for what is no name of a folder.
  init(_ path: String) throws(Diagnostics) {
    let last = path.split(separator: "/").last.map(String.init) ?? ""
    let isPlain = !last.isEmpty && ![".", ".."].contains(last) && !last.hasPrefix("-")
    // Signs that steer a terminal, or mean something to YAML or a shell.
    let isSafe = last.unicodeScalars.allSatisfy { sign in
      sign.properties.isAlphabetic || sign.properties.numericType != nil
        || "-_. ".unicodeScalars.contains(sign)
    }
    guard isPlain, isSafe, last.utf8.count <= 120, ![".yaml", ".yml"].contains(last) else {
      throw Diagnostics(
        "bad-name",
        .init(en: "'\(path)' cannot be the name of a new folder", zh: "“\(path)”不能作为新文件夹的名称"),
        help: .init(
          en: "use letters (Chinese ones, too), digits and hyphens: my-city",
          zh: "请用文字（含汉字）、数字和连字符，如 my-city、江州"),
        at: SourceLocation(file: path))
    }
    if let ending = [".yaml", ".yml"].first(where: { last.lowercased().hasSuffix($0) }) {
      throw Diagnostics(
        "bad-name",
        .init(
          en: "'\(path)' is the name of a file, and `new` makes a folder with two files",
          zh: "“\(path)”是文件名，而 `new` 建立的是含两个文件的文件夹"),
        help: .init(
          en: "leave \(ending) out: \(path.dropLast(ending.count))",
          zh: "去掉 \(ending)：\(path.dropLast(ending.count))"),
        at: SourceLocation(file: path))
    }
    title = last
    id = Self.id(of: last)
  }

  /// Small letters, digits and hyphens of a title; `my-draft` where these make no id, as of a Chinese one.
  private static func id(of title: String) -> String {
    let small = title.lowercased().map { sign -> Character in
      sign.isASCII && (sign.isLetter || sign.isNumber) ? sign : "-"
    }
    let words = String(small).split(separator: "-").joined(separator: "-")
    let isWhole = title.allSatisfy(\.isASCII)
    if isWhole, PolicyDocument.canBeDraft(words) { return words }
    if isWhole, PolicyDocument.canBeDraft("\(words)-draft") { return "\(words)-draft" }
    return "my-draft"
  }
}
