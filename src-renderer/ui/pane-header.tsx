import './ui.css'

/** Top line of a pane, 32 px: title on the left, facts on the right. */
export function PaneHeader({
  title,
  meta,
  children,
}: {
  readonly title: string
  readonly meta?: React.ReactNode
  readonly children?: React.ReactNode
}) {
  return (
    <header className="ui-pane-header">
      <h1>{title}</h1>
      {meta !== undefined && <span className="ui-meta">{meta}</span>}
      <span className="ui-spring" />
      {children}
    </header>
  )
}

/** Top line of a section inside a pane, 28 px on the surface colour. */
export function SectionTitle({
  title,
  meta,
  children,
}: {
  readonly title: string
  readonly meta?: React.ReactNode
  readonly children?: React.ReactNode
}) {
  return (
    <header className="ui-section-title">
      <h2>{title}</h2>
      {meta !== undefined && <span className="ui-meta">{meta}</span>}
      <span className="ui-spring" />
      {children}
    </header>
  )
}

/** One fact: its name on the left, its value on the right. */
export function Fact({ name, children }: { readonly name: React.ReactNode; readonly children: React.ReactNode }) {
  return (
    <div className="ui-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
