public import FundCore
public import PlanningServer
public import ReportForm
import Synchronization

/// What the server answers: the page, its style and script, wishes, saved scenarios, reports.
public final class PlanRoutes: Sendable {
  /// What the page has done elsewhere: files are no matter of a page.
  public struct Errands: Sendable {
    /// Saves a text under a name beside the scenario, and says where.
    public var save: @Sendable (_ text: String, _ name: String) throws -> LocalizedText
    /// Writes the report of a wish; gives what is said, and the page.
    public var report: @Sendable (_ wish: PlanWish) throws -> Written

    /// What was written.
    public struct Written: Sendable {
      /// What is said of it.
      public var words: LocalizedText
      /// The report as a page.
      public var page: [UInt8]

      /// Says what was written.
      public init(_ words: LocalizedText, page: [UInt8]) { (self.words, self.page) = (words, page) }
    }

    /// Creates errands.
    public init(
      save: @escaping @Sendable (_ text: String, _ name: String) throws -> LocalizedText,
      report: @escaping @Sendable (_ wish: PlanWish) throws -> Written
    ) {
      (self.save, self.report) = (save, report)
    }
  }

  private let desk: PlanDesk
  private let frame: PlanFace.Frame
  private let language: Language
  private let errands: Errands
  /// Says what went wrong, in both languages.
  private let told: @Sendable (any Error) -> LocalizedText
  private let queue = NewestWins(name: "fundsim.plan")
  /// The report that was written last.
  private let report = Mutex<[UInt8]>([])

  /// Creates the answers of a page.
  ///
  /// - Parameters:
  ///   - desk: Answers wishes.
  ///   - frame: What stands on the page whatever is moved.
  ///   - language: The language that the page begins with.
  ///   - errands: What is done elsewhere.
  ///   - told: Puts an error into words.
  public init(
    _ desk: PlanDesk, _ frame: PlanFace.Frame, language: Language, errands: Errands,
    told: @escaping @Sendable (any Error) -> LocalizedText
  ) {
    (self.desk, self.frame, self.language) = (desk, frame, language)
    (self.errands, self.told) = (errands, told)
  }

  /// What a report that was written may load: its own style.
  private static let reportPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  /// Meets a request that was let in.
  public func meet(_ place: String, _ request: HTTPRequest, _ reply: Reply) {
    switch (request.method, place) {
    case (.get, ""): reply.send(page(language))
    case (.get, "en"): reply.send(page(.english))
    case (.get, "zh"): reply.send(page(.chinese))
    case (.get, "plan.css"):
      reply.send(HTTPResponse(type: "text/css; charset=utf-8", text: PlanFace.style))
    case (.get, "plan.js"):
      reply.send(HTTPResponse(type: "text/javascript; charset=utf-8", text: PlanFace.script))
    case (.get, "report.html"): reply.send(lastReport)
    case (.post, "answer"), (.post, "save"), (.post, "report"): meetWish(place, request, reply)
    case (.get, "answer"), (.get, "save"), (.get, "report"), (.post, ""), (.post, "plan.js"),
      (.post, "plan.css"), (.post, "report.html"), (.post, "en"), (.post, "zh"):
      reply.send(HTTPResponse(refusing: .methodNotAllowed))
    default: reply.send(HTTPResponse(refusing: .notFound))
    }
  }

  private func page(_ language: Language) -> HTTPResponse {
    do {
      let text = try PlanFace(language: language).page(frame, desk.base.controls.sheet)
      return HTTPResponse(type: "text/html; charset=utf-8", text: text)
    } catch {
      return HTTPResponse(refusing: .serverError)
    }
  }

  private var lastReport: HTTPResponse {
    let bytes = report.withLock { $0 }
    guard !bytes.isEmpty else { return HTTPResponse(refusing: .notFound) }
    var response = HTTPResponse(type: "text/html; charset=utf-8", body: bytes)
    response.policy = Self.reportPolicy
    return response
  }

  private func meetWish(_ place: String, _ request: HTTPRequest, _ reply: Reply) {
    guard request.value(of: "content-type")?.hasPrefix("application/json") ?? false else {
      return reply.send(HTTPResponse(refusing: .wrongType))
    }
    guard let wish = PlanWish(parsing: request.body) else {
      return reply.send(HTTPResponse(refusing: .badRequest))
    }
    switch place {
    case "save": save(wish, reply)
    case "report": write(wish, reply)
    default:
      queue.wish { [self] turn in
        answer(wish, reply) { turn.isOvertaken || reply.isGone }
      } ifOvertaken: {
        reply.begin(type: Self.lines)
        reply.end()
      }
    }
  }

  /// Lines of JSON.
  private static let lines = "application/x-ndjson; charset=utf-8"

  private func answer(
    _ wish: PlanWish, _ reply: Reply, until isOver: @escaping @Sendable () -> Bool
  ) {
    reply.begin(type: Self.lines)
    do {
      try desk.answer(wish, until: isOver) { reply.write($0) }
    } catch {
      reply.write(Told(told(error)[wish.language]).line)
    }
    reply.end()
  }

  private func save(_ wish: PlanWish, _ reply: Reply) {
    do {
      let words = try errands.save(try desk.text(of: wish), wish.name)
      reply.send(Told(words[wish.language]).response)
    } catch {
      reply.send(Told(told(error)[wish.language]).response)
    }
  }

  private func write(_ wish: PlanWish, _ reply: Reply) {
    let isTaken = queue.errand { [self] _ in
      do {
        let written = try errands.report(wish)
        report.withLock { $0 = written.page }
        reply.send(Told(written.words[wish.language], link: "report.html").response)
      } catch {
        reply.send(Told(told(error)[wish.language]).response)
      }
    }
    guard !isTaken else { return }
    let words = LocalizedText(en: "A report is being written.", zh: "正在生成报告。")
    reply.send(Told(words[wish.language]).response)
  }
}
