import DocumentReading
import FundCore

/// Where a replay stops: on the last day of the register, or before it if the command line says so.
struct RegisterStop {
  private let request: ReplayRequest
  private let problems: ProblemCollector
  private static let place = SourceLocation(file: "--until")

  init(_ request: ReplayRequest, problems: ProblemCollector) {
    self.request = request
    self.problems = problems
  }

  /// A day, or the last day of a month.
  static func lastDay(_ text: String) -> Result<CivilDate, ScalarProblem> {
    if case .success(let month) = Scalar.month(text) { return .success(month.lastDay) }
    return Scalar.date(text)
  }

  /// What a day on the command line adds to the digest of what was read.
  var digestInput: [UInt8] { request.until.map { Array("until '\($0)'".utf8) } ?? [] }

  /// The last day of the replay.
  ///
  /// - Parameter last: That of the terms.
  func stopped(_ last: Written<CivilDate>?) -> Written<CivilDate>? {
    guard let text = request.until else { return last }
    switch Self.lastDay(text) {
    case .failure(let problem):
      problems.report(problem.code, problem.message, help: problem.advice, at: Self.place)
      return last
    case .success(let day):
      if let last, day > last.value {
        problems.report(
          "until-after-register",
          .init(
            en:
              "the terms say that the register tells of the days up to \(last.value), not of \(day)",
            zh: "条款文件写明登记簿截至\(last.value)，没有\(day)"),
          help: .init(
            en: "give a day up to \(last.value), or correct `until` in the terms",
            zh: "日期不晚于\(last.value)，或更正条款文件中的 `until`"), at: Self.place)
      }
      return Written(day, at: Self.place)
    }
  }

  /// Whether a report tells where the funds stand on a last day.
  func keepsStandings(on day: CivilDate) -> Bool {
    let isAsked = request.keepsState || request.until != nil || request.options[.until] != nil
    return isAsked && day == day.month.lastDay
  }

  /// Refuses a state on a day that is not the end of a month.
  func checkState(on day: CivilDate, opening: CivilDate, at place: SourceLocation) {
    // A last day that cannot be read is a problem of its own.
    guard request.keepsState, problems.problems.allSatisfy({ $0.location != Self.place }),
      day >= opening, day != day.month.lastDay
    else { return }
    let earlier = day.month.advanced(by: -1).lastDay
    let later = day.month.lastDay
    let days: LocalizedText =
      earlier < opening
      ? .init(same: "--until \(later)")
      : .init(
        en: "--until \(earlier), or --until \(later)", zh: "--until \(earlier)，或 --until \(later)")
    problems.report(
      "not-a-month-end",
      .init(
        en: "a state is taken at the end of a month, and \(day) is none",
        zh: "状态取自月末，而\(day)不是月末"),
      help: .init(en: "give \(days)", zh: "改为\(days)"), at: place)
  }
}
