import DocumentReading
import Testing

/// JSON as RFC 8259 has it: what is a text is read, what is none is refused, and what was written is
/// read as the same.
struct `A JSON text` {
  private func parsed(_ text: String) -> JSONNode? { JSONNode(parsing: Array(text.utf8)) }

  @Test(arguments: [
    ("null", JSONNode.null), (" true ", .flag(true)), ("\tfalse\n", .flag(false)),
    ("0", .integer(0)), ("-0", .integer(0)), ("-12", .integer(-12)),
    ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("1.5", .number(1.5)), ("1e2", .number(100)), ("-2.5E-1", .number(-0.25)),
    ("\"\"", .text("")), ("\"银行 \\\"x\\\"\"", .text("银行 \"x\"")),
    ("\"\\u00e9\\u4E2d\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\"", .text("é中😀/\u{8}\u{C}\n\r\t")),
    ("[]", .list([])), ("[1, [2]]", .list([.integer(1), .list([.integer(2)])])),
    ("{}", .object([])),
    ("{\"b\":1,\"a\":null}", .object([.init("b", .integer(1)), .init("a", .null)])),
  ]) func `is read`(text: String, value: JSONNode) {
    #expect(parsed(text) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "truee", "True", "01", "-", "+1", "1.", ".5", "1e", "0x1", "1 2",
    "9223372036854775808", "1e999", "NaN", "\"", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud83d\"",
    "\"\\ud83dx\"", "\"\\ude00\"", "\"a\nb\"", "[", "[1", "[1,", "[1,]", "[1 2]", "[,]", "{",
    "{\"a\"",
    "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{\"a\":1,\"a\":2}",
    "]", "}",
    "{}{}", "[]x", "// c\n1", "'a'",
  ]) func `that is none is refused`(text: String) {
    #expect(parsed(text) == nil, "\(text)")
  }

  @Test func `that is no UTF-8 is refused`() {
    #expect(JSONNode(parsing: [0x22, 0xFF, 0x22]) == nil)
    #expect(JSONNode(parsing: [0x22, 0xC3, 0x22]) == nil)
  }

  @Test func `may be deep, and not so deep that reading it fails`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(parsed(nested(60)) != nil)
    #expect(parsed(nested(100_000)) == nil)
  }

  @Test func `is the same after it was written`() {
    let value = JSONNode.object([
      .init("text", .text("a\"b\\c\u{0}\u{1F}\u{7F}\n银行😀")),
      .init("numbers", .list([.integer(.min), .integer(0), .number(0.1), .number(1e300)])),
      .init("rows", .list([.object([]), .object([.init("x", .flag(false))]), .null])),
    ])
    #expect(JSONNode(parsing: value.bytes) == value)
    #expect(value.bytes == value.bytes)
  }
}
