import Foundation
import FoundationXML

/// A web page taken apart as XML, which is stricter than HTML.
public final class PageOutline: NSObject, XMLParserDelegate {
  /// Its elements, in order.
  public private(set) var elements: [(name: String, attributes: [String: String])] = []
  /// What keeps it from being XML; `nil` if nothing does.
  public private(set) var problem: String?
  private var texts: [String] = []

  /// Takes a page apart.
  public init(_ page: String) {
    super.init()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = self
    if !parser.parse() {
      problem = "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "?")"
    }
  }

  /// The parser's call at the start of an element.
  public func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.append((name, attributes))
    texts.append("")
  }

  /// The parser's call for a piece of text.
  public func parser(_ parser: XMLParser, foundCharacters text: String) {
    if !texts.isEmpty { texts[texts.count - 1] += text }
  }

  /// The texts of all elements of a name, without the blanks around them.
  public func texts(of name: String) -> [String] {
    zip(elements, texts).filter { $0.0.name == name }.map {
      $0.1.trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  /// What could act on a reader's machine: elements that run or load something, attributes that a
  /// browser runs.
  public var dangers: [String] {
    let active: Set<String> = ["script", "link", "img", "iframe", "object", "embed", "form", "a"]
    return elements.flatMap { element in
      (active.contains(element.name) ? [element.name] : [])
        + element.attributes.keys.filter {
          $0.lowercased().hasPrefix("on") || ["src", "href"].contains($0)
        }
    }
  }
}
