import ArgumentParser
import FundCore
import Planning
import ReportForm
import Reporting
import ScenarioInput

/// `readings`: which open sentence of a programme decides what.
struct ReadingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "readings",
    abstract: Language.say(
      en: "Rank the open sentences of a programme by what their readings change.",
      zh: "对办法中的未定条文逐一改读，按影响排序。"),
    discussion: Language.say(
      en: """
        Every sentence that the text leaves open, read in each of its ways:
          fundsim readings scenarios/baotou
          fundsim readings scenarios/baotou --fund 担保 --trials 100000
        """,
      zh: """
        原文未定的每一处，逐一采用各种读法：
          fundsim readings scenarios/baotou
          fundsim readings scenarios/baotou --fund 担保 --trials 100000
        """))

  @OptionGroup var input: ScenarioArguments
  @Option(
    help: .text(
      en: "The fund, by its name or a part of it (default: the first).", zh: "基金名称，或其中一部分（默认第一只）。"),
    completion: .custom(Completion.funds))
  var fund: String?
  @OptionGroup var options: StudyArguments

  func run() throws {
    let document = try options.setting.document(input.path)
    let choices = try input.choices()
    let delivery = try Delivery(.readings, options.output)
    let readings = try StudyRuns.follow(options, scenario: input.path) { runs in
      try ReadingsStudy(
        document, choices: choices, fund: fund, version: ProgramVersion.current,
        simulate: runs.keep)
    }
    try delivery.deliver(
      ReadingsReport(readings).faces(files: readings.study.variants.setAside))
  }
}
