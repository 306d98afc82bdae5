/// JSON that remembers the order of keys, read independently of the code under test.
indirect enum OrderedJSON: Equatable {
  case object([Member])
  case array([OrderedJSON])
  case string(String)
  case number(Double)
  case bool(Bool)
  case null

  struct Member: Equatable {
    let key: String
    let value: OrderedJSON
  }
  struct SyntaxError: Error {
    let offset: Int
  }

  init(_ text: String) throws {
    var reader = Reader(characters: Array(text.unicodeScalars))
    self = try reader.value()
    reader.skipBlanks()
    guard reader.place == reader.characters.count else { throw reader.error }
  }

  subscript(key: String) -> OrderedJSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  subscript(index: Int) -> OrderedJSON? {
    guard case .array(let items) = self, items.indices.contains(index) else { return nil }
    return items[index]
  }

  /// The value at a path of keys and positions: `funds/0/name`.
  func at(_ path: String) -> OrderedJSON? {
    path.split(separator: "/").reduce(OrderedJSON?.some(self)) { value, step in
      Int(step).map { value?[$0] } ?? value?[String(step)]
    }
  }

  private struct Reader {
    let characters: [Unicode.Scalar]
    var place = 0

    var error: SyntaxError { SyntaxError(offset: place) }

    mutating func skipBlanks() {
      while place < characters.count, " \n\r\t".unicodeScalars.contains(characters[place]) {
        place += 1
      }
    }

    mutating func take() throws -> Unicode.Scalar {
      guard place < characters.count else { throw error }
      place += 1
      return characters[place - 1]
    }

    mutating func takes(_ word: String) -> Bool {
      let scalars = Array(word.unicodeScalars)
      guard characters[place...].starts(with: scalars) else { return false }
      place += scalars.count
      return true
    }

    mutating func value() throws -> OrderedJSON {
      skipBlanks()
      if takes("null") { return .null }
      if takes("true") { return .bool(true) }
      if takes("false") { return .bool(false) }
      if takes("\"") { return .string(try string()) }
      if takes("{") {
        return .object(
          try items(until: "}") { reader in
            guard reader.takes("\"") else { throw reader.error }
            let key = try reader.string()
            reader.skipBlanks()
            guard reader.takes(":") else { throw reader.error }
            return Member(key: key, value: try reader.value())
          })
      }
      if takes("[") { return .array(try items(until: "]") { try $0.value() }) }
      return try number()
    }

    private mutating func items<Item>(
      until end: String, read: (inout Reader) throws -> Item
    ) throws -> [Item] {
      var items: [Item] = []
      skipBlanks()
      if takes(end) { return items }
      while true {
        skipBlanks()
        items.append(try read(&self))
        skipBlanks()
        if takes(end) { return items }
        guard takes(",") else { throw error }
      }
    }

    private mutating func string() throws -> String {
      var text = ""
      while true {
        let scalar = try take()
        switch scalar {
        case "\"": return text
        case "\\": text.unicodeScalars.append(try escaped())
        case "\u{0}"..."\u{1F}": throw error
        default: text.unicodeScalars.append(scalar)
        }
      }
    }

    private mutating func escaped() throws -> Unicode.Scalar {
      switch try take() {
      case "n": return "\n"
      case "r": return "\r"
      case "t": return "\t"
      case "\"": return "\""
      case "\\": return "\\"
      case "u":
        let digits = try (0..<4).map { _ in String(Character(try take())) }.joined()
        guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
          throw error
        }
        return scalar
      default: throw error
      }
    }

    private mutating func number() throws -> OrderedJSON {
      let start = place
      while place < characters.count, "+-.eE0123456789".unicodeScalars.contains(characters[place]) {
        place += 1
      }
      var text = ""
      text.unicodeScalars.append(contentsOf: characters[start..<place])
      guard let number = Double(text) else { throw error }
      return .number(number)
    }
  }
}
