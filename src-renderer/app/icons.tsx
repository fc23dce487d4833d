/** The frame's line drawings, 16 px on a 1.5 px pen. They always stand beside a word or carry a label on their button, so they are silent themselves. */
const paths = {
  home: 'M3 8l5-4.5L13 8M4.5 7v6h7V7',
  cases: 'M2.5 4.500v8h11v-6.500h-5.500l-1.500-1.500z',
  handover: 'M2 5.5h10M9 2.5l3 3-3 3M14 10.5H4M7 7.5l-3 3 3 3',
  dutyLog: 'M4 2.5h8v11H4zM6 5.5h4M6 8h4M6 10.5h2.5',
  reference: 'M8 4C6.5 2.8 4.5 2.5 2 2.5v10c2.5 0 4.5.3 6 1.5 1.5-1.2 3.5-1.5 6-1.5v-10c-2.5 0-4.5.3-6 1.5zM8 4v10',
  knowledge: 'M3 2.500h10v8H8.500L5.500 13.500v-3H3zM5.500 5.500h5M5.500 7.800h3',
  followUps:
    'M4.200 2.500h2l1 3-1.500 1.200a7.500 7.500 0 0 0 3.600 3.600l1.200-1.500 3 1v2c0 .8-.7 1.700-1.700 1.700C7 13.200 2.800 9 2.500 4.200c0-1 .9-1.700 1.700-1.700zM13.500 2.500l-4 4M9.500 3.500v3h3',
  quality: 'M3 2.500h7l3 3v8H3zM5.500 8.500l1.800 1.800 3.200-3.600',
  replies: 'M2.500 3h11v8H8l-3 2.500V11H2.500zM10.500 7H6M7.500 5.500 6 7l1.500 1.500',
  administration:
    'M2.5 4.500h6M12 4.500h1.500M2.500 8h1.500M7.500 8h6M2.500 11.500h6M12 11.500h1.500M8.500 3v3h3.500V3zM4 6.500v3h3.500v-3zM8.500 10v3h3.500v-3z',
  telephone:
    'M4.200 2.500h2l1 3-1.500 1.200a7.500 7.500 0 0 0 3.600 3.600l1.200-1.500 3 1v2c0 .8-.7 1.700-1.700 1.700C7 13.200 2.800 9 2.500 4.200c0-1 .9-1.700 1.700-1.700z',
  command: 'm3 4.5 3.5 3.5L3 11.500M8 12h5',
  theme: 'M8 2.500a5.500 5.500 0 1 0 0 11zM8 2.500a5.500 5.500 0 0 1 0 11',
  help: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM6.200 6.300a1.800 1.800 0 1 1 2.600 1.600c-.6.3-.8.6-.8 1.300M8 11.300v.1',
  search: 'M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM10.500 10.500 14 14',
  lock: 'M4 7.500h8v6H4zM5.500 7.500V5.500a2.500 2.500 0 0 1 5 0v2',
  bell: 'M4.500 11V7.500a3.500 3.500 0 0 1 7 0V11l1.200 1.500H3.300zM7 14h2',
  centre: 'M2.500 3h11v4h-11zM2.500 9h11v4h-11zM5 5h.1M5 11h.1',
  wall: 'M2 3h12v8H2zM6 3v8M10 3v8M2 7h12M6 13.500h4',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.500V8l2.500 1.500',
  store:
    'M3 4.200c0-1 2.200-1.700 5-1.700s5 .7 5 1.700-2.200 1.800-5 1.800-5-.8-5-1.800zM3 4.200v7.600c0 1 2.200 1.700 5 1.700s5-.7 5-1.700V4.200M3 8c0 1 2.200 1.800 5 1.800S13 9 13 8',
  beside: 'M2.500 3h11v10h-11zM8.500 3v10',
  popOut: 'M9 3h4v4M13 3 8 8M7 4H3v9h9V9',
  close: 'm4 4 8 8M12 4l-8 8',
  more: 'M3.500 8h.1M8 8h.1M12.500 8h.1',
  person: 'M8 3a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5zM3 13.500c.5-2.500 2.300-3.700 5-3.700s4.500 1.200 5 3.700',
  place: 'M8 14S3.500 9.500 3.500 6.500a4.500 4.500 0 0 1 9 0C12.500 9.500 8 14 8 14zM8 5a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3z',
  tag: 'M2.500 2.500h5l6 6-5 5-6-6zM5 5h.1',
  department: 'M3 13.500v-9l5-2 5 2v9zM6 7h.1M10 7h.1M6 10h.1M10 10h.1',
  pen: 'm3 13 .7-3L10.500 3.200l2.300 2.300L6 12.300z',
  signOut: 'M6.500 3H3v10h3.500M6.500 8H13M10.500 5.500 13 8l-2.500 2.500',
} as const

export type IconName = keyof typeof paths

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
