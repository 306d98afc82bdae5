import Charts

/// A JSON value whose members keep their order, and whose text is the same on every machine.
public indirect enum JSONValue: Sendable {
  case object([(key: String, value: JSONValue)])
  case array([JSONValue])
  case string(String)
  /// A number; `null` if it is not finite.
  case number(Double)
  case integer(Int)
  case unsigned(UInt64)
  case bool(Bool)
  case null

  /// The text, indented; what holds no further list or object stands on one line.
  public var text: String {
    var text = ""
    write(to: &text, indent: "")
    return text + "\n"
  }

  private var isFlat: Bool {
    switch self {
    case .object(let members): members.allSatisfy { $0.value.isScalar }
    case .array(let items): items.allSatisfy { $0.isScalar }
    default: true
    }
  }

  private var isScalar: Bool {
    switch self {
    case .object(let members): members.isEmpty
    case .array(let items): items.isEmpty
    default: true
    }
  }

  private func write(to text: inout String, indent: String) {
    switch self {
    case .object(let members):
      writeItems(members, brackets: "{}", to: &text, indent: indent) { member, text, inner in
        text += JSONValue.quoted(member.key) + ": "
        member.value.write(to: &text, indent: inner)
      }
    case .array(let items):
      writeItems(items, brackets: "[]", to: &text, indent: indent) { item, text, inner in
        item.write(to: &text, indent: inner)
      }
    case .string(let string): text += JSONValue.quoted(string)
    case .number(let number): text += JSONValue.number(number)
    case .integer(let number): text += String(number)
    case .unsigned(let number): text += String(number)
    case .bool(let value): text += value ? "true" : "false"
    case .null: text += "null"
    }
  }

  private func writeItems<Item>(
    _ items: [Item], brackets: String, to text: inout String, indent: String,
    write: (Item, inout String, String) -> Void
  ) {
    let inner = indent + "  "
    text += brackets.prefix(1)
    for (index, item) in items.enumerated() {
      if index > 0 { text += isFlat ? ", " : "," }
      if !isFlat { text += "\n" + inner }
      write(item, &text, inner)
    }
    if !isFlat { text += "\n" + indent }
    text += brackets.suffix(1)
  }

  /// The shortest digits that read back as the same number.
  private static func number(_ number: Double) -> String {
    guard number.isFinite else { return "null" }
    guard number != 0 else { return "0" }
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // What would steer a terminal that shows it, with the two line ends that JavaScript strings may
      // not hold.
      case _ where isSteering(scalar) || isIsolating(scalar):
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

extension JSONValue: ExpressibleByStringLiteral {
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
  /// An object with its members in order.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { (key: $0.0, value: $0.1) })
  }
}
