import CompensationKernel
import FundCore
import LossStatistics
import Planning
import PolicyLibrary
import ScenarioInput
import Testing

/// Which open sentence decides what.
@Suite struct ReadingsTests {
  private func readings(_ scenario: String, banks: String? = nil, trials: Int) throws
    -> ReadingsStudy
  {
    var document = try ScenarioDocument(path: StudyFixture.root + "/scenarios/" + scenario)
    if let banks {
      document = try document.setting(
        try ScenarioEdit(path: "portfolio.generate.banks", text: banks, option: "--set"))
    }
    return try ReadingsStudy(
      document, choices: ScenarioChoices(trials: trials), fund: nil, version: "test",
      simulate: StudyFixture.run)
  }

  /// A bank that lends less than 20 million is never warned if the ratio is watched from that volume
  /// on (I-16); read literally, a single claim of its first loans can warn it. Large banks do not care.
  @Test func `I-16 decides Baotou's warning odds for banks that lend little`() throws {
    let study = try readings("baotou", banks: "{甲银行: 70%, 乙银行: 28%, 丁银行: 2%}", trials: 1_000)
    let sentence = try #require(study.sentences.first { $0.interpretation.id == "I-16" })
    #expect(sentence.articles == ["13"])
    let volume = try #require(sentence.alternatives.first { $0.name == "minimumVolume" })
    func difference(_ bank: String) throws -> FigureDifference {
      try #require(
        volume.differences.first { $0.figure == .breach(threshold: "warning", bank: bank) })
    }
    let small = try difference("丁银行")
    let inUse = try #require(study.study.rows[0].value(.breach(threshold: "warning", bank: "丁银行")))
    #expect(inUse.value > 0.05, "read literally it is warned in one of ten runs or so")
    #expect(small.difference.value == -inUse.value, "from 20 million on it is never warned")
    #expect(small.verdict == .distinct)
    #expect(volume.largest?.figure == small.figure)
    #expect(try abs(difference("甲银行").difference.value) < 0.2 * inUse.value)
    // It moves more than any reading that leaves balances alone: the top of what concerns Art. 13.
    // I-17 moves what is covered after a suspension, and I-46 what is lent at all: both move losses and balances.
    let rivals = study.sentences.filter {
      $0.articles == ["13"] && !["I-17", "I-46"].contains($0.interpretation.id)
    }
    #expect(rivals.first?.interpretation.id == "I-16")
  }

  @Test func `every interpretation of the log is there once, ranked`() throws {
    let study = try readings("baotou", trials: 200)
    let all = study.sentences + study.settled
    #expect(Set(all.map(\.interpretation.id)) == Set(study.programme.interpretations.map(\.id)))
    #expect(all.count == study.programme.interpretations.count)
    #expect(zip(study.sentences, study.sentences.dropFirst()).allSatisfy { $0.size >= $1.size })
    for sentence in study.sentences {
      let readings = sentence.interpretation.others.count + 1
      #expect(sentence.alternatives.count == readings - 1)
    }
    #expect(study.settled.allSatisfy { $0.interpretation.others.isEmpty })
  }

  @Test func `a day more or less is identical in every trial, and a forbidden model is refused`()
    throws
  {
    let study = try readings("baotou", trials: 200)
    let days = try #require(study.sentences.first { $0.interpretation.id == "I-29" })
    #expect(days.alternatives.map(\.isIdentical) == [true])
    #expect(days.size == 0)
    let banks = try #require(study.sentences.first { $0.interpretation.id == "I-20" })
    #expect(banks.alternatives[0].row == nil)
    #expect(banks.alternatives[0].refusal?.problems.map(\.code) == ["model-not-allowed"])
  }

  @Test func `a fund that reads otherwise is compared with its own reading`() throws {
    let document = try ScenarioDocument(path: StudyFixture.root + "/scenarios/baotou")
    let study = try ReadingsStudy(
      document, choices: ScenarioChoices(trials: 100), fund: "year ends", version: "test",
      simulate: StudyFixture.run)
    let sentence = try #require(study.sentences.first { $0.interpretation.id == "I-16" })
    #expect(sentence.used == "yearEnds")
    #expect(
      sentence.alternatives.map(\.name) == ["default", "monthEnds", "quarterEnds", "minimumVolume"])
  }

  @Test(arguments: ["dalian-2018", "chaoyang", "weihai-2020", "dalian-hitech-2022"])
  func `every programme's sentences can be read in each of their ways`(name: String) throws {
    let study = try readings(name, trials: 100)
    let alternatives = study.sentences.flatMap(\.alternatives)
    #expect(!alternatives.isEmpty)
    let failures = alternatives.compactMap(\.refusal).flatMap(\.problems)
      .filter { !["model-not-allowed", "forbidden-share"].contains($0.code) }
    #expect(failures.map(\.description) == [])
  }
}
