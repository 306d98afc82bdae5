import Foundation
import FundCore
import LossStatistics
import ResultFacts
import Simulation
import TestSupport
import Testing

@testable import ReportForm
@testable import Reporting

/// The web page of a run.
@Suite struct PageTests {
  @Test(arguments: Language.allCases)
  func `the page is well formed, and asks for nothing from outside`(language: Language) throws {
    let page = try PageFace(language: language).page(of: #require(Fixture.report).report)
    let outline = PageOutline(page)
    #expect(outline.problem == nil)
    #expect(outline.elements.first?.attributes["lang"] == (language == .english ? "en" : "zh-Hans"))
    for forbidden in ["http:", "https:", "//", "src=", "href=", "@import", "javascript:"] {
      #expect(!page.contains(forbidden), "\(forbidden)")
    }
    #expect(outline.dangers == [])
    // A reference within the page is one to a pattern that is there.
    let ids = Set(outline.elements.compactMap { $0.attributes["id"] })
    for piece in page.split(separator: "url(").dropFirst() {
      #expect(ids.contains(String(piece.dropFirst().prefix { $0 != ")" })))
    }
    let policy = outline.elements.first {
      $0.attributes["http-equiv"] == "Content-Security-Policy"
    }
    #expect(policy?.attributes["content"]?.hasPrefix("default-src 'none'; style-src") == true)
  }

  @Test func `every chart has a name, a description and its figures as a table`() throws {
    let page = try PageFace(language: .english).page(of: #require(Fixture.report).report)
    let outline = PageOutline(page)
    let count = outline.elements.count { $0.name == "figure" }
    // Survival, size and sharing; for each of two funds balance, payouts, a threshold, losses and what is
    // not known.
    #expect(count == 3 + 2 * 5)
    let charts = outline.elements.filter { $0.attributes["role"] == "img" }
    #expect(charts.count == 2 * count, "one for wide and one for narrow windows")
    let ids = outline.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for chart in charts {
      let named = (chart.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
      #expect(named.count == 2)
      #expect(Set(named).isSubset(of: ids))
    }
    #expect(outline.elements.count { $0.name == "figcaption" } == count)
  }

  /// Names as an attacker, or a careless analyst, would write them.
  @Test func `hostile names stay text`() throws {
    let hostile =
      "</style></title><script>alert(1)</script>\" onload='x' &amp; \u{202E}\u{0}\"\u{301}"
    var provenance = Fixture.provenance
    provenance.scenario.title = hostile
    provenance.scenario.path = hostile
    let both = LocalizedText(same: hostile)
    provenance.warnings = [both]
    provenance.assumptions = [both]
    var funds = Fixture.funds
    for index in funds.indices {
      funds[index].programmeTitle = both
      funds[index].thresholds[0].id = hostile
      funds[index].thresholds[0].reading = both
      funds[index].terms = [LabelledText(both, both)]
    }
    let estimates = try #require(RiskEstimates(Fixture.result))
    let report = RiskReport(estimates, provenance: provenance, funds: funds)
    let page = try PageFace(language: .english).page(of: report.report)
    let outline = PageOutline(page)
    #expect(outline.problem == nil)
    #expect(outline.dangers == [])
    let shown = hostile.replacing("\u{0}", with: "?").replacing("\u{202E}", with: "?")
    #expect(outline.texts(of: "title").contains(shown))
    #expect(outline.texts(of: "li").contains { $0.contains("alert") } == false, "it lies in bdi")
    #expect(outline.texts(of: "bdi").contains(shown))
  }

  /// `Fixture`: the large fund lasts in all 1,000 trials, the small one in none; it needs 1.1 million.
  @Test func `sentences say what the figures are`() throws {
    let page = try PageFace(language: .english).page(of: #require(Fixture.report).report)
    let says = PageOutline(page).texts(of: "p")
    #expect(
      says.contains(
        "\u{2068}large\u{2069} is exhausted in none of the 1,000 trials; at most 4 of 1,000 "
          + "are to be expected."))
    #expect(
      says.contains(
        "\u{2068}small, 小\u{2069} is exhausted by the end of 2024-12 in 1,000 of 1,000 trials "
          + "(996–1,000)."))
    #expect(says.contains("On average the fund pays 1.5* million yuan."))
    #expect(says.contains("95 % interval: 99.63–100.00"))
  }

  @Test func `departures, checks and provenance stand on the page`() throws {
    let page = try PageFace(language: .english).page(of: #require(Fixture.report).report)
    for text in [
      "to have round figures", "from the first loan on", "every borrower is registered",
      "only three loans", "c0ffee", "in every trial", "Art. 4", "checked against its text on",
      "a patent is pledged",
    ] {
      #expect(page.contains(text), "\(text)")
    }
  }
}

@Suite struct PlainFrequencyTests {
  /// The Wilson interval of 1,460 of 20,000 is 6.95 – 7.67 %.
  @Test func `a frequency is told with as few digits as its error allows`() {
    let frequency = PlainFrequency(Proportion(successes: 1_460, of: 20_000))
    #expect(frequency.base == 1_000)
    #expect(frequency.text.english == "73 of 1,000 trials (69–77)")
    #expect(frequency.text.chinese == "每1,000次模拟中的73次（69–77）")
  }

  @Test func `few trials are told as they are`() {
    // Clopper and Pearson, 5 of 10: 18.7 – 81.3 %.
    #expect(
      PlainFrequency(Proportion(successes: 5, of: 10)).text.english == "50 of 100 trials (18–82)")
  }

  @Test func `what never happened may still happen`() {
    // 1 − 0.025^(1/1000) = 0.37 %.
    let frequency = PlainFrequency(Proportion(successes: 0, of: 1_000))
    #expect(frequency.base == 1_000)
    #expect(frequency.high == 4)
  }
}
