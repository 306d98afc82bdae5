import FundCore

/// The values of cells in their most common form, straight from ASCII bytes. Everything else is
/// `nil` here and is left to `Scalar`, which also says what is wrong.

/// At most 18 digits, with an optional minus sign.
func plainInteger(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  guard let first = bytes.first else { return nil }
  let isNegative = first == UInt8(ascii: "-")
  let start = isNegative ? 1 : 0
  guard bytes.count > start, bytes.count - start <= 18 else { return nil }
  var value = 0
  for index in start..<bytes.count {
    guard let digit = digit(bytes[index]) else { return nil }
    value = value * 10 + digit
  }
  return isNegative ? -value : value
}

/// At most 15 digits of yuan, with up to two decimals, in fen.
func plainFen(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
  var value = 0
  var decimals: Int?
  guard let first = bytes.first, let last = bytes.last, bytes.count <= 18,
    digit(first) != nil, digit(last) != nil
  else { return nil }
  for byte in bytes {
    if let digit = digit(byte) {
      if decimals == 2 { return nil }
      value = value * 10 + digit
      decimals = decimals.map { $0 + 1 }
    } else {
      guard byte == UInt8(ascii: "."), decimals == nil else { return nil }
      decimals = 0
    }
  }
  let (fen, overflow) = Int64(value).multipliedReportingOverflow(
    by: decimals == 2 ? 1 : decimals == 1 ? 10 : 100)
  return overflow ? nil : fen
}

/// `2024-01-31`, or the same with slashes.
func plainDate(_ bytes: UnsafeBufferPointer<UInt8>) -> CivilDate? {
  guard bytes.count == 10, bytes[4] == bytes[7],
    bytes[4] == UInt8(ascii: "-") || bytes[4] == UInt8(ascii: "/"),
    let year = plainInteger(UnsafeBufferPointer(rebasing: bytes[..<4])),
    let month = plainInteger(UnsafeBufferPointer(rebasing: bytes[5..<7])),
    let day = plainInteger(UnsafeBufferPointer(rebasing: bytes[8...]))
  else { return nil }
  return CivilDate(year: year, month: month, day: day)
}

private func digit(_ byte: UInt8) -> Int? {
  let value = byte &- UInt8(ascii: "0")
  return value <= 9 ? Int(value) : nil
}
