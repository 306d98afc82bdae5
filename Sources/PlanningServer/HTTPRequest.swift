/// A request as it was read: one that keeps the grammar of HTTP/1.1 as far as this server speaks it, and
/// every limit.
public struct HTTPRequest: Sendable, Hashable {
  /// What is asked to be done with the target.
  public enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
  }

  /// A line of the head.
  public struct Field: Sendable, Hashable {
    /// The name, in small letters.
    public let name: String
    /// The value, without blanks at its ends.
    public let value: String

    /// Joins a name and its value.
    public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
  }

  /// The method.
  public var method: Method
  /// The path, as it was sent: begins with a stroke, nothing decoded, without what follows a question mark.
  public var path: String
  /// The fields of the head, in their order.
  public var fields: [Field]
  /// What was sent behind the head.
  public var body: [UInt8]
  /// Whether the sender wants the connection to stay open.
  public var keepsAlive: Bool

  /// Creates a request.
  public init(
    _ method: Method, _ path: String, fields: [Field] = [], body: [UInt8] = [],
    keepsAlive: Bool = true
  ) {
    self.method = method
    self.path = path
    self.fields = fields
    self.body = body
    self.keepsAlive = keepsAlive
  }

  /// The values of a field, one for each line with its name.
  ///
  /// - Parameter name: The name in small letters.
  public func values(of name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The value of a field that stands once; `nil` where it is missing, or stands more than once.
  public func value(of name: String) -> String? {
    let values = values(of: name)
    return values.count == 1 ? values[0] : nil
  }
}
