import { expect, it } from 'vitest'
import { escapeXml, readXml, xmlAll, xmlText } from '#shared/base/xml'

it('reads elements without their prefixes, attributes, text on lines of its own, and the five entities', () => {
  const root = readXml(
    '<?xml version="1.0"?>\n<!-- c --><s:Envelope xmlns:s="x"><s:Body a:token="t&quot;1">\n <n>  A &amp; B &#20013;&#x6587; </n><n/><m><n><![CDATA[<1>]]></n></m></s:Body></s:Envelope>',
  )
  expect(root?.name).toBe('Envelope')
  expect(root?.children[0]?.attributes.token).toBe('t"1')
  expect(xmlAll(root, 'n').map(({ text }) => text)).toEqual(['A & B 中文', '', '<1>'])
  expect(xmlText(root, 'Body', 'm', 'n')).toBe('<1>')
  expect(xmlText(root, 'Body', 'none', 'n')).toBeUndefined()
})

it.each([
  '',
  'text',
  '<a>',
  '<a></b>',
  '<a/><b/>',
  '</a>',
  '<a><b></a></b>',
  '<a>'.repeat(100) + '</a>'.repeat(100),
  '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
  '<a x="1>',
  '<a <b/></a>',
])('refuses %j', (text) => {
  expect(readXml(text)).toBeUndefined()
})

it('writes text that reads back as it was', () => {
  const text = `<"a" & 'b'>`
  expect(readXml(`<t x="${escapeXml(text)}">${escapeXml(text)}</t>`)).toMatchObject({ text, attributes: { x: text } })
})

it.each(['<a', '<!--', '<![CDATA[', '<?', '<a x', '<a "', "<a '", 'a=', '&a', '<a b=" ', '<a>'])(
  'takes a look at each octet of a flood of %j once',
  (piece) => {
    const flood = `<t>${piece.repeat(Math.ceil(262_144 / piece.length))}`
    const long = `<t ${piece.repeat(Math.ceil(262_144 / piece.length)).replaceAll(/[<>"']/g, 'x')}/>`
    const began = performance.now()
    expect(readXml(flood)).toBeUndefined()
    readXml(long)
    // Looking again from every octet takes half a minute; once takes milliseconds.
    expect(performance.now() - began).toBeLessThan(2_000)
  },
)
