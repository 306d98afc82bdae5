/// What one who connects may ask of the server.
public struct HTTPLimits: Sendable, Hashable {
  /// The longest first line, in bytes.
  public var requestLine = 2_048
  /// The longest head with its first line, in bytes.
  public var head = 16_384
  /// The most fields of a head.
  public var fields = 64
  /// The longest body, in bytes.
  public var body = 65_536
  /// The most connections that are open at a time.
  public var connections = 48
  /// The most bytes that wait for one connection to take them.
  public var waiting = 16 << 20
  /// In how many seconds a request must be there as a whole, once it began.
  public var secondsToAsk = 5.0
  /// For how many seconds a connection may be idle between requests.
  public var secondsIdle = 60.0
  /// For how many seconds a connection may take nothing of what is sent.
  public var secondsToTake = 10.0

  /// The limits of a page for one person.
  public init() {}
}
