import DocumentReading
import FundCore
import Testing

@Suite struct `A section` {
  @Test func `all kinds of values are read with their places`() throws {
    let text = """
      name: 江州
      trials: 10,000
      rho: 0.15
      share: 45%
      pd: 2%
      fund: 1000万
      term: 5 years
      start: 2024-01
      signed: 2024-01-31
      strict: yes
      order: day-month-year
      sub: {a: 1}
      banks: [甲, 乙]
      parties: [{id: city, share: 1}]
      """
    let report = problems(ofSection: text) { section in
      #expect(section.text("name") == Written("江州", at: place(1, 7)))
      #expect(section.integer("trials", in: 1...100_000)?.value == 10_000)
      #expect(section.number("rho")?.value == 0.15)
      #expect(section.ratio("share")?.value == .percent(45))
      #expect(section.probability("pd", in: .open)?.value == 0.02)
      #expect(section.money("fund")?.location == place(6, 7))
      #expect(section.monthCount("term")?.value == 60)
      #expect(section.month("start")?.value == CivilMonth(year: 2024, month: 1))
      #expect(section.date("signed")?.value == CivilDate(year: 2024, month: 1, day: 31))
      #expect(section.flag("strict")?.value == true)
      #expect(section.choice("order", as: DateOrder.self)?.value == .dayMonthYear)
      var sub = section.section("sub")
      #expect(sub?.path == "sub")
      #expect(sub?.integer("a")?.value == 1)
      #expect(section.texts("banks")?.map(\.value) == ["甲", "乙"])
      var party = section.sections("parties")?.first
      #expect(party?.path == "parties.city")
      _ = party?.text("id")
      #expect(party?.integer("share")?.value == 1)
      party?.finish()
    }
    #expect(report == "")
  }

  @Test func `a key that is not there is nil without a problem, if that is allowed`() {
    let report = problems(ofSection: "a: 1") { section in
      #expect(section.textIfPresent("b") == nil)
      #expect(section.integerIfPresent("b") == nil)
      #expect(section.numberIfPresent("b") == nil)
      #expect(section.ratioIfPresent("b") == nil)
      #expect(section.probabilityIfPresent("b") == nil)
      #expect(section.moneyIfPresent("b") == nil)
      #expect(section.monthCountIfPresent("b") == nil)
      #expect(section.monthIfPresent("b") == nil)
      #expect(section.dateIfPresent("b") == nil)
      #expect(section.flagIfPresent("b") == nil)
      #expect(section.choiceIfPresent("b", as: DateOrder.self) == nil)
      #expect(section.sectionIfPresent("b") == nil)
      #expect(section.sequenceIfPresent("b") == nil)
      #expect(section.sectionsIfPresent("b") == nil)
      #expect(section.textsIfPresent("b") == nil)
      #expect(section.nodeIfPresent("b") == nil)
      section.allow("a")
    }
    #expect(report == "")
  }

  @Test func `a missing key is reported at the mapping, with an example`() {
    #expect(
      problems(ofSection: "a:\n  b: 1\n") { section in
        _ = section.money("fund")
        var sub = section.section("a")
        _ = sub?.ratio("share")
        sub?.allow("b")
      } == """
        s.yaml:1:1: error[missing-key]: the key 'fund' is missing
          help: add `fund: 1000万`
        s.yaml:2:3: error[missing-key]: the key 'share' is missing in 'a'
          help: add `share: 45%`
        """)
  }

  @Test func `a wrong value is reported at its own place, with its path`() {
    #expect(
      problems(ofSection: "fund:\n  initial: 1e7\n") { section in
        var fund = section.section("fund")
        _ = fund?.money("initial")
      } == """
        s.yaml:2:12: error[scientific-notation]: fund.initial: '1e7' is in scientific notation
          help: write the number out, such as 1000万
        """)
  }

  @Test func `a key without a value is reported even where it may be left out`() {
    #expect(
      problems(ofSection: "a:\nb: 1\n") { section in
        _ = section.moneyIfPresent("a")
        section.allow("b")
      } == """
        s.yaml:1:3: error[missing-value]: a: there is no value
          help: write a value, such as 1000万
        """)
  }

  @Test func `an unknown key is reported with a suggestion and the known keys`() {
    #expect(
      problems(ofSection: "trails: 1\nsub: {x: 1}\nzzzz: 2\n") { section in
        _ = section.integerIfPresent("trials")
        _ = section.integerIfPresent("seed")
        var sub = section.section("sub")
        sub?.finish()
      } == """
        s.yaml:1:1: error[unknown-key]: the key 'trails' is not known here
          help: did you mean 'trials'? keys here: trials, seed, sub
        s.yaml:2:7: error[unknown-key]: the key 'x' is not known in 'sub'
          help: remove it; no keys are expected in 'sub'
        s.yaml:3:1: error[unknown-key]: the key 'zzzz' is not known here
          help: keys here: trials, seed, sub
        """)
  }

  @Test func `a value of the wrong shape is reported`() {
    #expect(
      problems(ofSection: "a: [1]\nb: {x: 1}\nc: 1\nd: 1\ne: []\nf: [1]\n") { section in
        _ = section.integer("a")
        _ = section.text("b")
        _ = section.section("c")
        _ = section.sequence("d")
        _ = section.sequence("e")
        _ = section.sections("f")
      } == """
        s.yaml:1:4: error[not-a-value]: a: a list stands where a single value is expected
          help: write a single value, such as 12
        s.yaml:2:4: error[not-a-value]: b: a mapping of keys to values stands where a single value is expected
          help: write a single value, such as …
        s.yaml:3:4: error[not-a-mapping]: c: the value '1' stands where keys are expected
          help: write keys below it, each on a line of its own and indented, as `key: value`
        s.yaml:4:4: error[not-a-list]: d: the value '1' stands where a list is expected
          help: write each item on a line of its own behind '- ', or all in [ ]
        s.yaml:5:4: error[empty-list]: e: the list has no items
          help: write at least one item
        s.yaml:6:5: error[not-a-mapping]: f.1: the value '1' stands where keys are expected
          help: write keys below it, each on a line of its own and indented, as `key: value`
        """)
  }

  @Test func `a missing blank behind a colon is pointed out`() {
    #expect(
      problems(ofSection: "trials:1000") { _ in } == """
        s.yaml:1:1: error[missing-blank]: 'trials:1000' has no blank behind the colon
          help: write `key: value`, with a blank behind the colon
        """)
  }

  @Test func `problems are printed in the order of their places`() throws {
    let collector = ProblemCollector()
    collector.report("b", .init(same: "second"), help: .init(same: "x"), at: place(2, 1))
    collector.report(
      Diagnostics("a", .init(same: "first"), help: .init(same: "x"), at: place(1, 1)))
    #expect(collector.problems.map(\.code) == ["b", "a"])
    let thrown = #expect(throws: Diagnostics.self) { try collector.throwIfAny() }
    #expect(thrown?.problems.map(\.code) == ["a", "b"])
    #expect(throws: Never.self) { try ProblemCollector().throwIfAny() }
  }

  @Test func `a message keeps to one line and a bearable length`() {
    #expect(quoted("a\nb\u{7}c").english == "'a b c'")
    #expect(
      quoted(String(repeating: "甲", count: 70)).english == "'" + String(repeating: "甲", count: 60)
        + "…'")
  }
}

private func place(_ line: Int, _ column: Int) -> FundCore.SourceLocation {
  FundCore.SourceLocation(file: "s.yaml", line: line, column: column)
}
