import Foundation

/// The one form of a name, and of the head of a column.
extension Scalar {
  /// A name in its normal form: Unicode NFKC, so that width and kinds of spaces are no difference, both
  /// kinds of brackets as one, no signs without width and no marks of direction, single blanks inside
  /// and none at the ends.
  ///
  /// Names that differ in more are two names: whether 有限公司 and 有限责任公司 are one firm is not for a
  /// program to say.
  public static func name(_ text: String) -> String {
    isNormalName(text.utf8) ? text : plainWidth(text) ?? normalName(text)
  }

  /// A head of a column, as it is compared: a name in its normal form, with one kind of brackets and
  /// without the blanks and signs that only divide it.
  static func headKey(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        bracketed(text).unicodeScalars.filter { !" /_:·\u{30FB}-".unicodeScalars.contains($0) }))
  }

  /// A name in its normal form, with ( and ) for brackets of every kind.
  static func bracketed(_ text: String) -> String {
    var signs = String.UnicodeScalarView()
    for sign in name(text).unicodeScalars {
      switch sign {
      case "[", "{", "【", "〔", "〖", "〘", "《", "<", "「", "『", "‹", "«", "〈", "⟨", "〚":
        signs.append("(")
      case "]", "}", "】", "〕", "〗", "〙", "》", ">", "」", "』", "›", "»", "〉", "⟩", "〛":
        signs.append(")")
      default: signs.append(sign)
      }
    }
    return String(signs)
  }

  /// Whether a text is surely a name in its normal form: ASCII with single blanks inside, and the
  /// common Chinese characters (three bytes from U+4000 on). Almost every name is.
  private static func isNormalName(_ bytes: String.UTF8View) -> Bool {
    var isBehindBlank = true
    var isEmpty = true
    var left = 0
    for byte in bytes {
      if left > 0 {
        left -= 1
        continue
      }
      isEmpty = false
      switch byte {
      case 0x20 where !isBehindBlank: isBehindBlank = true
      case 0x21...0x7E: isBehindBlank = false
      case 0xE4...0xE9: (left, isBehindBlank) = (2, false)
      default: return false
      }
    }
    return isEmpty || !isBehindBlank
  }

  /// The normal form of a text with nothing but common characters and ASCII, in whatever width; `nil` for
  /// others. Names with brackets of full width are frequent, and Unicode's tables are slow.
  private static func plainWidth(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      var sign: UInt8 = 0x20
      if (0xE4...0xE9).contains(byte) {
        result += bytes[index..<index + 3]
        index += 3
        continue
      } else if byte < 0x7F {
        sign = max(byte, 0x20)
        index += 1
      } else if byte == 0xEF, bytes[index + 1] == 0xBC, bytes[index + 2] > 0x80 {
        // U+FF01 … U+FF3F are U+0021 … U+005F.
        sign = bytes[index + 2] - 0x60
        index += 3
      } else if byte == 0xEF, bytes[index + 1] == 0xBD, bytes[index + 2] < 0x9F {
        sign = bytes[index + 2] - 0x20
        index += 3
      } else if byte == 0xE3, bytes[index + 1] == 0x80, bytes[index + 2] == 0x80 {
        index += 3
      } else {
        return nil
      }
      if sign != 0x20 || (!result.isEmpty && result.last != 0x20) { result.append(sign) }
    }
    if result.last == 0x20 { result.removeLast() }
    return String(decoding: result, as: UTF8.self)
  }

  private static func normalName(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for sign in text.precomposedStringWithCompatibilityMapping.unicodeScalars {
      if isInvisible(sign) { continue }
      if sign.properties.isWhitespace || sign.value < 0x20 || (0x7F...0x9F).contains(sign.value) {
        if let last = result.last, last != " " { result.append(" ") }
      } else {
        result.append(sign)
      }
    }
    if result.last == " " { result.removeLast() }
    return String(result)
  }

  /// Signs without width, marks of direction, and variation selectors.
  private static func isInvisible(_ sign: Unicode.Scalar) -> Bool {
    switch sign.value {
    case 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F,
      0xFEFF, 0xE0100...0xE01EF:
      true
    default: false
    }
  }
}
