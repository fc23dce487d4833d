import './ui.css'

/** Text with the characters that a filter hit marked by weight and underline, so that the eye sees why a row is there. */
export function Highlight({ text, positions }: { readonly text: string; readonly positions: readonly number[] }) {
  if (positions.length === 0) return <>{text}</>
  const hit = new Set(positions)
  return (
    <>
      {[...text].map((character, index) =>
        hit.has(index) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: characters of one fixed text have no other identity than their place.
          <mark key={index} className="ui-mark">
            {character}
          </mark>
        ) : (
          character
        ),
      )}
    </>
  )
}
