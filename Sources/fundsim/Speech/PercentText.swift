import ArgumentParser
import DocumentReading
import Foundation
import FundCore

/// Numbers of the command line in per cent, which people also write as shares.
enum PercentText {
  /// A number in per cent.
  ///
  /// A bare number above 1 can only be meant in per cent, and a notice says that it was heard so; one
  /// up to 1 can be a share, and is refused with its two meanings.
  ///
  /// - Parameter tells: Whether the notice is printed; a command judges its options before it runs.
  /// - Returns: `nil` for what is no number.
  static func percent(_ text: String, option: String, tells: Bool) throws -> Double? {
    let plain = Scalar.normalised(text)
    if plain.hasSuffix("%") {
      return Double(plain.dropLast().filter { $0 != " " })
    }
    guard let number = Double(plain) else { return nil }
    guard number > 0, number <= 1 else {
      if tells, number > 1 {
        printError(
          en: "notice: \(option) \(text) is heard as \(plain)%.",
          zh: "提示：\(option) \(text) 按\(plain)%理解。")
      }
      return number
    }
    let share = Scalar.plainDigits(number * 100)
    throw ValidationError(
      en: "\(option) \(text) has two meanings: write \(share)% or \(plain)%.",
      zh: "\(option) \(text) 有两种含义：请写\(share)%或\(plain)%。")
  }
}
