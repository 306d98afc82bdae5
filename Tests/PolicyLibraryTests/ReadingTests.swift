import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import Testing

@testable import Verification

/// The other readings of what the texts leave open.
@Suite struct `Another reading` {
  @Test(arguments: PolicyDocument.builtInIDs)
  func `reads back without problems and changes a parameter`(id: String) throws {
    let document = try builtIn(id)
    for choice in choices(of: document) {
      let changed = try document.changed(readings: [choice], overrides: [])
      let interpretation = document.interpretations.first { $0.id == choice.id.value }
      let isAboutRegisters = interpretation?.note?.english.contains("registers") ?? false
      #expect(
        changed.values != document.values || isAboutRegisters,
        "\(id) \(choice.id.value): \(choice.name.value) changes no parameter")
    }
  }

  /// What a reading changes is an entry of the file, so that it can be seen and overridden.
  @Test(arguments: PolicyDocument.builtInIDs)
  func `changes entries that the file has, to other values`(id: String) throws {
    let document = try builtIn(id)
    for interpretation in document.interpretations {
      for reading in interpretation.others {
        #expect(!reading.changes.isEmpty, "\(interpretation.id) \(reading.name)")
        for change in reading.changes {
          let old = document.tree.node(at: change.key.value)
          let place = "\(interpretation.id) \(reading.name) \(change.key.value)"
          #expect(old != nil, "\(place) is new")
          #expect(old?.content != change.value.content, "\(place) stays")
        }
      }
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `has a name and a wording of its own`(id: String) throws {
    for interpretation in try builtIn(id).interpretations {
      let names = interpretation.others.map(\.name)
      #expect(Set(names).count == names.count, "\(interpretation.id)")
      #expect(!names.contains("default"), "\(interpretation.id)")
      let texts = [interpretation.reading] + interpretation.others.map(\.text)
      #expect(Set(texts).count == texts.count, "\(interpretation.id)")
    }
  }

  /// Every two readings of different questions.
  @Test(arguments: PolicyDocument.builtInIDs)
  func `can be combined with any other`(id: String) throws {
    let document = try builtIn(id)
    let choices = choices(of: document)
    for (index, first) in choices.enumerated() {
      for second in choices[(index + 1)...] where second.id.value != first.id.value {
        let pair = "\(first.id.value) \(first.name.value), \(second.id.value) \(second.name.value)"
        let reported = problems {
          _ = try document.changed(readings: [first, second], overrides: [])
        }
        #expect(reported == "", "\(pair)")
      }
    }
  }

  /// Two questions that set one entry set it to one value, so that their order does not matter.
  @Test(arguments: PolicyDocument.builtInIDs)
  func `does not undo the reading of another question`(id: String) throws {
    var values: [String: (question: String, value: DocumentNode.Content)] = [:]
    for interpretation in try builtIn(id).interpretations {
      for change in interpretation.others.flatMap(\.changes) {
        let path = change.key.value
        let before = values.updateValue((interpretation.id, change.value.content), forKey: path)
        guard let before, before.question != interpretation.id else { continue }
        #expect(before.value == change.value.content, "\(before.question), \(interpretation.id)")
      }
    }
  }

  /// One reading of every question at once: 25 combinations drawn with a fixed seed.
  @Test(arguments: PolicyDocument.builtInIDs)
  func `can be combined with one of every other question`(id: String) throws {
    let document = try builtIn(id)
    var words = SeededWords(seed: UInt64(id.utf8.count))
    for _ in 0..<25 {
      let readings = document.interpretations.map { interpretation in
        let names = ["default"] + interpretation.others.map(\.name)
        return reading(interpretation.id, names.randomElement(using: &words) ?? "default")
      }
      let changed = try document.changed(readings: readings, overrides: [])
      #expect(changed.id == id)
      for (model, clauses) in changed.terms.models {
        #expect(throws: Never.self, "\(model)") {
          try clauses.sharing(agreed: [:], rounding: changed.terms.rounding.value).get()
        }
      }
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `by the name of default changes nothing`(id: String) throws {
    let document = try builtIn(id)
    let readings = document.interpretations.map { reading($0.id, "default") }
    #expect(try document.changed(readings: readings, overrides: []).values == document.values)
  }

  @Test func `that nobody knows is refused with the ones that are known`() throws {
    let document = try builtIn("weihai-2020")
    let message = problems {
      _ = try document.changed(
        readings: [reading("I-5", "ofRemainder"), reading("I-7", "literal")], overrides: [])
    }
    #expect(
      message == """
        scenario.yaml:7:3: error[unknown-reading]: I-5 has no reading 'ofRemainder'
          help: use one of: default, ofRemaining
        scenario.yaml:7:3: error[unknown-interpretation]: programme 'weihai-2020' has no \
        interpretation 'I-7'
          help: use one of: I-1, I-5, I-6, I-11, I-14, I-19, I-24, I-32, I-33, \
        I-43, I-54, I-37
        """)
  }

  private func choices(of document: PolicyDocument) -> [ReadingChoice] {
    document.interpretations.flatMap { interpretation in
      interpretation.others.map { reading(interpretation.id, $0.name) }
    }
  }
}

/// What a scenario sets against the text.
@Suite struct `An override` {
  @Test func `may break a bound of the articles and cites its reason`() throws {
    let path = "models.bank.payers.fund.share.value"
    let document = try builtIn("dalian-hitech-2022").changed(
      readings: [], overrides: [override(path, "45%", reason: "draft of May")])
    let parameter = try #require(document.parameters.first { $0.path == path })
    #expect(parameter.value == "45%")
    #expect(parameter.citation.assumption?.english == "draft of May")
    #expect(parameter.citation.description == "Art. 7, I-15, assumption: draft of May")
    let sharing = try #require(document.terms.models[.bank])
      .sharing(agreed: [:], rounding: .halfUp).get()
    #expect(sharing.payers.map(\.share) == [.percent(45)])
  }

  @Test func `is not needed for a share that the articles allow, and an agreement breaks none`()
    throws
  {
    let terms = try builtIn("dalian-hitech-2022").terms
    let clauses = try #require(terms.models[.bank])
    let broken = #expect(throws: ShareProblems.self) {
      try clauses.sharing(agreed: [.fund: .percent(45)], rounding: .halfUp).get()
    }
    let problem = try #require(broken?.problems.first)
    #expect(broken?.problems.count == 1)
    #expect(problem.party == .fund)
    #expect(problem.share == .percent(45))
    #expect(problem.allowed.english == "at most 40%")
    #expect(problem.citation.article == "7")
  }

  @Test func `leaves every other parameter as it was`() throws {
    let before = try builtIn("baotou")
    let path = "models.bank.payers.fund.caps.allYears.perClaim"
    let after = try before.changed(readings: [], overrides: [override(path, "200万")])
    for (old, new) in zip(before.parameters, after.parameters) {
      #expect(old.path == new.path)
      #expect((old.value == new.value) == (old.path != path), "\(old.path)")
    }
    #expect(after.terms.models[.bank]?.cap(yearOfOperation: 1) == .yuan(2_000_000))
    #expect(after.terms.models[.guarantor]?.cap(yearOfOperation: 1) == .yuan(1_500_000))
  }

  @Test func `of a parameter that nobody knows is refused with the one that was meant`() throws {
    let message = problems {
      _ = try builtIn("baotou").changed(
        readings: [], overrides: [override("models.bank.payers.fund.share.valeu", "45%")])
    }
    #expect(
      message == """
        scenario.yaml:7:3: error[unknown-parameter]: programme 'baotou' has no parameter \
        'models.bank.payers.fund.share.valeu'
          help: did you mean 'models.bank.payers.fund.share.value'?
        """)
  }

  @Test func `with a value that cannot be read is refused where the scenario says it`() throws {
    let message = problems {
      _ = try builtIn("baotou").changed(
        readings: [], overrides: [override("models.bank.payers.fund.share.value", "45")])
    }
    #expect(
      message == """
        scenario.yaml:7:3: error[ratio-above-one]: models.bank.payers.fund.share.value: '45' has \
        no per cent sign and is above 1
          help: write 45% or 0.45
        """)
  }

  /// Only numbers and choices of the law are parameters; what names or explains it is not.
  @Test(
    arguments: [
      "id", "checkedOn", "title.en", "text", "models.bank.payers.fund.party",
      "models.bank.payers.fund.share.article", "thresholds.warning.id", "interpretations.I-1.words",
    ])
  func `of what is no parameter is refused`(path: String) throws {
    let message = problems {
      _ = try builtIn("baotou").changed(
        readings: [], overrides: [override(path, "2020-01-01")])
    }
    #expect(message.contains("error[unknown-parameter]"), "\(message)")
  }
}

extension PolicyDocument {
  /// The parameters with their values.
  fileprivate var values: [String] { parameters.map { "\($0.path): \($0.value)" } }
}
