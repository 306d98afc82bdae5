import ArgumentParser
import Foundation
import FundCore
import PlanningPage
import ReportForm
import Reporting
import ScenarioInput

/// The files of a planning page: scenarios that it saves beside its own, and reports.
struct PlanFiles: Sendable {
  /// The scenario, as the command line names it.
  let scenario: String
  /// Where reports go.
  let folder: String
  /// How many threads work at once.
  let threads: Int
  let desk: PlanDesk

  private var base: PlanBase { desk.base }

  /// The folder of the scenario file.
  private var home: String {
    let file = base.document.file
    return file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
  }

  /// What stands on the page whatever is moved.
  var frame: PlanFace.Frame {
    let (start, months) = (base.scenario.start, base.scenario.horizon)
    let last = start.advanced(by: months - 1)
    let (count, file) = (base.scenario.portfolio.loans.count, base.document.file)
    return PlanFace.Frame(
      title: base.scenario.title, generator: "fundsim \(ProgramVersion.number)",
      facts: [
        .init(same: file),
        .init(en: "\(start) to \(last), \(months) months", zh: "\(start)至\(last)，共\(months)个月"),
        .init(en: "\(count) loans", zh: "\(count)笔贷款"),
      ], folder: home, file: "variant.yaml")
  }

  /// What the page has done.
  var errands: PlanRoutes.Errands {
    PlanRoutes.Errands(save: { try save($0, $1) }, report: { try report($0) })
  }

  /// What went wrong, for the page.
  func words(_ error: any Error) -> LocalizedText {
    switch error {
    case let reason as Diagnostics:
      LocalizedText { language in
        reason.problems.map { problem in
          [problem.message, problem.advice].map { $0[language] }.filter { !$0.isEmpty }
            .joined(separator: language == .chinese ? "。" : ". ")
        }.joined(separator: "; ")
      }
    case let failure as WriteError:
      .init(
        en: "\(failure.path): \(failure.reason); \(failure.help)",
        zh: "\(failure.path)：\(failure.reason)；\(failure.help)")
    case let stopped as StoppedRun:
      stopped.words ?? .init(en: "Stopped.", zh: "已停止。")
    default: .init(en: "It failed: \("\(error)")", zh: "未能完成：\("\(error)")")
    }
  }

  // MARK: Saving

  /// Saves a scenario beside its own file; a file that is there stays.
  private func save(_ text: String, _ name: String) throws -> LocalizedText {
    let path = home + (try fileName(name))
    let isThere = WriteError(
      path: path, reason: .init(en: "a file of this name is there", zh: "已有同名文件"),
      help: .init(en: "give another name", zh: "请另取名称"))
    guard access(path, F_OK) != 0 else { throw isThere }
    // Whole under another name first, then under its own: a name that is taken meanwhile is not replaced.
    let draft = home + ".\(UUID().uuidString).yaml"
    defer { unlink(draft) }
    do {
      try Data(text.utf8).write(to: URL(filePath: draft), options: .withoutOverwriting)
    } catch {
      throw WriteError(path: path, reason: .init(en: "it cannot be written", zh: "无法写入"))
    }
    guard link(draft, path) == 0 else {
      throw errno == EEXIST
        ? isThere : WriteError(path: path, reason: .init(en: "it cannot be written", zh: "无法写入"))
    }
    // The file holds the seed; a tape and a state stand on the command line alone.
    let given: [(String, String?)] = [
      ("--portfolio", base.choices.portfolio), ("--from", base.choices.from?.file),
    ]
    let words =
      ["fundsim", "run", path] + given.flatMap { name, value in value.map { [name, $0] } ?? [] }
    let command = words.map(shellWord).joined(separator: " ")
    return .init(
      en: "Saved: \(path). Run it with: \(command)", zh: "已保存：\(path)。运行：\(command)")
  }

  /// A name that is a file of the scenario's own folder, and nothing else.
  private func fileName(_ name: String) throws -> String {
    let stem = name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name
    guard stem.wholeMatch(of: /[\p{L}\p{N}_][\p{L}\p{N}_.\-]{0,63}/) != nil, !stem.contains("..")
    else {
      throw WriteError(
        path: visibleText(name),
        reason: .init(en: "this is no name for a file", zh: "不是可用的文件名"),
        help: .init(
          en: "use letters, digits, - and _, at most 64 of them", zh: "只用文字、数字、- 和 _，至多64个字符"))
    }
    return stem + ".yaml"
  }

  // MARK: Reports

  /// Writes the report of a wish, with the scenario that it comes from, as `run --report` does.
  private func report(_ wish: PlanWish) throws -> PlanRoutes.Errands.Written {
    // The run lets signals end the program again when it ends.
    defer { StopSignal.watch() }
    let scenario = try desk.scenario(of: wish)
    let request = RunRequest(
      scenario, at: self.scenario, pieces: try PieceArguments.parse([]), threads: threads,
      isQuiet: true)
    let options = try OutputOptions.parse(["--out", folder, "--report", "--quiet"])
    let delivery = try Delivery(.run, options, further: RiskReport.tableNames)
    let outcome = try request.outcome(beside: delivery.possibleFiles)
    let report = try outcome.report(words: request.words(of: outcome))
    let text = try desk.text(of: wish)
    let files = scenario.setAside + [ResultFile("scenario.yaml") { try $0(text) }]
    try delivery.deliver(report.faces(further: files))
    let page = try PageFace(language: wish.language).page(of: report.report)
    return .init(
      .init(
        en: "Written: \(folder)/report.html, with the scenario that it comes from.",
        zh: "已写入：\(folder)/report.html，并附其所依据的情景。"),
      page: Array(page.utf8))
  }
}
