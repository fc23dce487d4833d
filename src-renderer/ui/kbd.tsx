import './ui.css'

/** The key that does it, shown beside what it does. `framed` draws the cap, for hints that stand alone. */
export function Kbd({ children, framed = false }: { readonly children: React.ReactNode; readonly framed?: boolean }) {
  return <kbd className={framed ? 'ui-kbd ui-kbd-framed' : 'ui-kbd'}>{children}</kbd>
}
