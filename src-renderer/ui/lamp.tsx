import './ui.css'

/** Marks that say a state by colour and by shape at once. Colour fills the shape only; words beside it stay in text colour. */
export type LampTone = 'green' | 'amber' | 'red' | 'none' | 'late' | 'frozen' | 'lost'

const shapes: Record<LampTone, React.ReactNode> = {
  green: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  amber: <path d="M6 1 11.5 11H.5z" fill="currentColor" />,
  red: <path d="M1.5 1.5h9v9h-9z" fill="currentColor" />,
  none: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  late: (
    <>
      <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 6V1.5A4.5 4.5 0 0 1 10.5 6z" fill="currentColor" />
    </>
  ),
  frozen: (
    <path
      d="M6 .8v10.4M1.5 3.4l9 5.2M1.5 8.6l9-5.2M4.4 1.6 6 3l1.6-1.4M4.4 10.4 6 9l1.6 1.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
    />
  ),
  lost: <path d="m2 2 8 8M10 2l-8 8" fill="none" stroke="currentColor" strokeWidth="2" />,
}

/** `label` says the state in words; empty when the words stand right beside the lamp and would be read twice. */
export function Lamp({ tone, label }: { readonly tone: LampTone; readonly label: string }) {
  const spoken = label === '' ? ({ 'aria-hidden': true } as const) : ({ role: 'img', 'aria-label': label } as const)
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: without a label the words stand beside it, and the shape is hidden from screen readers.
    <svg className={`ui-lamp ui-lamp-${tone}`} viewBox="0 0 12 12" {...spoken}>
      {label !== '' && <title>{label}</title>}
      {shapes[tone]}
    </svg>
  )
}
