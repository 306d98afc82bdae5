import ArgumentParser
import FundCore

/// How many threads simulate.
struct ThreadOption: ParsableArguments {
  @Option(
    help: .text(
      en: "How many threads work at once. Results do not depend on it.", zh: "同时工作的线程数。结果与此无关。"))
  var threads: Int?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError(
        en: "--threads takes a whole number from 1 to 1024.", zh: "--threads 取1至1024的整数。")
    }
  }
}
