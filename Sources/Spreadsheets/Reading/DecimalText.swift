/// A number of a cell as its decimal digits, at most the fifteen that a spreadsheet keeps: the further ones
/// are the noise of its binary numbers (1234567.8900000001).
struct DecimalText {
  private(set) var isNegative = false
  /// The significant digits, from 0 to 9, without zeros at either end.
  private(set) var digits: [UInt8] = []
  /// Where the point stands, counted from before the first digit.
  private(set) var point = 0

  static let mostDigits = 15

  /// The number that a text says, such as `-1.5`, `.5` or `4.2E-3`; `nil` if it says none.
  init?(_ text: some Sequence<UInt8>) {
    var iterator = text.makeIterator()
    var byte = iterator.next()
    if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
      isNegative = byte == UInt8(ascii: "-")
      byte = iterator.next()
    }
    var (hasPoint, hasDigit) = (false, false)
    while let sign = byte, sign != UInt8(ascii: "E"), sign != UInt8(ascii: "e") {
      if sign == UInt8(ascii: ".") {
        guard !hasPoint else { return nil }
        hasPoint = true
      } else {
        guard (0x30...0x39).contains(sign) else { return nil }
        hasDigit = true
        add(sign - 0x30, behindPoint: hasPoint)
      }
      byte = iterator.next()
    }
    guard hasDigit else { return nil }
    if byte != nil {
      guard let exponent = Self.exponent(&iterator) else { return nil }
      point += exponent
    }
    round()
  }

  private mutating func add(_ digit: UInt8, behindPoint: Bool) {
    if digits.isEmpty, digit == 0 {
      if behindPoint { point -= 1 }
    } else {
      // One more than is kept decides how it is rounded.
      if digits.count <= Self.mostDigits { digits.append(digit) }
      if !behindPoint { point += 1 }
    }
  }

  private static func exponent(_ iterator: inout some IteratorProtocol<UInt8>) -> Int? {
    var byte = iterator.next()
    let isNegative = byte == UInt8(ascii: "-")
    if isNegative || byte == UInt8(ascii: "+") { byte = iterator.next() }
    guard byte != nil else { return nil }
    var value = 0
    while let sign = byte {
      guard (0x30...0x39).contains(sign), value < 1_000 else { return nil }
      value = value * 10 + Int(sign - 0x30)
      byte = iterator.next()
    }
    return isNegative ? -value : value
  }

  private mutating func round() {
    if digits.count > Self.mostDigits {
      let goesUp = digits[Self.mostDigits] >= 5
      digits.removeLast(digits.count - Self.mostDigits)
      if goesUp { addOne() }
    }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { (isNegative, point) = (false, 0) }
  }

  private mutating func addOne() {
    var place = digits.count - 1
    while place >= 0, digits[place] == 9 {
      digits[place] = 0
      place -= 1
    }
    if place >= 0 {
      digits[place] += 1
    } else {
      digits.insert(1, at: 0)
      digits.removeLast()
      point += 1
    }
  }

  /// Whether it can be written without a power of ten.
  var isWritable: Bool { digits.isEmpty || (-30...40).contains(point) }

  /// Adds the number, times so many powers of ten, with at least so many digits before the point.
  func append(to text: inout [UInt8], shifted power: Int = 0, leastDigits: Int = 1) {
    let point = digits.isEmpty ? 0 : point + power
    for place in min(0, point - leastDigits)..<max(point, digits.count) {
      if place == point { text.append(UInt8(ascii: ".")) }
      text.append(UInt8(ascii: "0") + (digits.indices.contains(place) ? digits[place] : 0))
    }
    if digits.isEmpty, leastDigits == 0 { text.append(UInt8(ascii: "0")) }
  }
}
