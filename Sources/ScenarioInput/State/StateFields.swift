import DocumentReading
import FundCore

/// A part of a state file: an object whose fields are named in one place, for writing and reading alike.
protocol StateRecord {
  /// A value to read into.
  static var blank: Self { get }
  /// Goes through the fields, in the order of the file.
  mutating func go(through fields: inout StateFields)
}

/// The fields of an object of a state file while they are written, or while they are read.
struct StateFields {
  /// What is written so far.
  private(set) var members: [JSONNode.Member] = []
  /// What is read; `nil` while the object is written.
  private let source: [String: JSONNode]?
  /// Whether a field that was read makes no sense.
  private(set) var isBad = false

  /// Begins to write an object.
  init() { source = nil }

  /// Begins to read one; `nil` if the node is none.
  init?(_ node: JSONNode) {
    guard case .object(let members) = node else { return nil }
    source = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
  }

  /// Says that what was read makes no sense together.
  mutating func refuse() { isBad = true }

  /// A field that has to be there.
  mutating func field<Value>(_ key: String, _ value: inout Value, _ form: StateForm<Value>) {
    guard let source else {
      members.append(JSONNode.Member(key, form.write(value)))
      return
    }
    guard let found = source[key].flatMap(form.read) else {
      isBad = true
      return
    }
    value = found
  }

  /// A field that is left out where there is nothing to say.
  mutating func field<Value>(_ key: String, _ value: inout Value?, ifAny form: StateForm<Value>) {
    guard let source else {
      if let value { members.append(JSONNode.Member(key, form.write(value))) }
      return
    }
    guard let node = source[key] else {
      value = nil
      return
    }
    value = form.read(node)
    if value == nil { isBad = true }
  }

  /// A list; an empty one is left out.
  mutating func list<Value>(_ key: String, _ values: inout [Value], of form: StateForm<Value>) {
    var found: [Value]? = values.isEmpty ? nil : values
    field(key, &found, ifAny: StateForm.list(of: form))
    values = found ?? []
  }

  /// An amount; nothing is left out.
  mutating func amount(_ key: String, _ value: inout Money) {
    var found: Money? = value == .zero ? nil : value
    field(key, &found, ifAny: .money)
    value = found ?? .zero
  }

  /// Whether something holds; what does not is left out.
  mutating func flag(_ key: String, _ value: inout Bool) {
    var found: Bool? = value ? true : nil
    field(key, &found, ifAny: .flag)
    value = found ?? false
  }
}

extension StateRecord {
  /// The value as an object.
  var node: JSONNode {
    var copy = self
    var fields = StateFields()
    copy.go(through: &fields)
    return .object(fields.members)
  }

  /// Reads an object; `nil` if a field is missing or makes no sense.
  init?(_ node: JSONNode) {
    guard var fields = StateFields(node) else { return nil }
    self = Self.blank
    go(through: &fields)
    if fields.isBad { return nil }
  }
}
