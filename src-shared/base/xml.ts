/**
 * Reads the XML that devices speak (ONVIF, ISAPI, MANSCDP): elements, attributes and text, nothing else. Prefixes of namespaces are dropped: devices
 * choose their own. No document types and no entities but the five of XML and numbers, so that nothing can be made to grow or to fetch.
 */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** Own text, trimmed. */
  readonly text: string
}

const deepest = 60
const token =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][^\s/<>]*)(?=[\s/>])((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/y

interface Open {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  text: string
}

/** Undefined for anything that is not one whole element. */
export function readXml(source: string): XmlElement | undefined {
  const stack: Open[] = [{ name: '', attributes: {}, children: [], text: '' }]
  // From one token to the next and nowhere else: what is no XML costs one look, not one from each of its characters.
  const read = new RegExp(token)
  while (read.lastIndex < source.length) {
    const match = read.exec(source)
    if (!match) return undefined
    const [, cdata, closing, name, attributes, selfClosing, text] = match
    const top = stack.at(-1)
    if (!top) return undefined
    if (cdata !== undefined) top.text += cdata
    else if (text !== undefined) top.text += plainText(text)
    else if (name !== undefined && closing === '/') {
      if (stack.length < 2 || top.name !== bare(name)) return undefined
      stack.pop()
      stack.at(-1)?.children.push({ ...top, text: top.text.trim() })
    } else if (name !== undefined) {
      const open: Open = { name: bare(name), attributes: attributesOf(attributes ?? ''), children: [], text: '' }
      if (selfClosing === '/') top.children.push(open)
      else if (stack.push(open) > deepest) return undefined
    }
  }
  const [root] = stack
  return stack.length === 1 && root?.children.length === 1 ? root.children[0] : undefined
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1)

function attributesOf(source: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...source.matchAll(/(?<=^|[\s"'])([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', double, single]) => [
      bare(name),
      plainText(double ?? single ?? ''),
    ]),
  )
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function plainText(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : undefined
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    return named[name ?? ''] ?? whole
  })
}

export const escapeXml = (text: string): string =>
  text.replace(/[<>&"']/g, (character) => `&${Object.keys(named).find((name) => named[name] === character)};`)

/** The first child of each name in turn. */
export function xmlAt(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((at, name) => at?.children.find((child) => child.name === name), element)
}

export const xmlText = (element: XmlElement | undefined, ...path: readonly string[]): string | undefined => xmlAt(element, ...path)?.text

/** Every element of that name, however deep. */
export function xmlAll(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  if (!element) return []
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...xmlAll(child, name)])
}
