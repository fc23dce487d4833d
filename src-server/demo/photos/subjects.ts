/** Which drawn picture stands for a photo: one pair, before and after, for every family of subclasses, and one signed form. */
export type Moment = 'before' | 'after' | 'paper'

/** In the order of their numbers: subject `i` is picture 2i + 1 before and 2i + 2 after. */
export const subjects = [
  'rubbish',
  'dirt',
  'potholes',
  'cover',
  'lamp',
  'tree',
  'stall',
  'cars',
  'bicycles',
  'adverts',
  'snow',
  'site',
  'smoke',
  'water',
  'cable',
  'sign',
  'bin',
  'wall',
  'signal',
  'goods',
] as const
export type Subject = (typeof subjects)[number]

export const paperPicture = 0
export const pictureCount = 1 + subjects.length * 2

/** The longest prefix of `kind/code` decides. */
const byCode: Readonly<Record<string, Subject>> = {
  'event/06': 'rubbish',
  'event/06001': 'wall',
  'event/06002': 'wall',
  'event/06004': 'wall',
  'event/06005': 'wall',
  'event/06007': 'wall',
  'event/06008': 'cable',
  'event/06012': 'dirt',
  'event/06013': 'potholes',
  'event/06014': 'dirt',
  'event/06017': 'tree',
  'event/06018': 'tree',
  'event/06020': 'smoke',
  'event/06022': 'tree',
  'event/06027': 'smoke',
  'event/06029': 'smoke',
  'event/06030': 'water',
  'event/06034': 'cars',
  'event/06036': 'goods',
  'event/06042': 'bin',
  'event/06045': 'tree',
  'event/0605': 'potholes',
  'event/07': 'adverts',
  'event/08': 'site',
  'event/09': 'stall',
  'event/09005': 'goods',
  'event/09006': 'goods',
  'event/09009': 'cars',
  'event/09010': 'bicycles',
  'event/09011': 'bicycles',
  'event/09012': 'cars',
  'event/10': 'snow',
  'event/10002': 'cable',
  'component/01': 'cover',
  'component/01027': 'cable',
  'component/01028': 'cable',
  'component/0103': 'cable',
  'component/01037': 'lamp',
  'component/01038': 'lamp',
  'component/01039': 'lamp',
  'component/0104': 'sign',
  'component/02': 'sign',
  'component/02014': 'signal',
  'component/03': 'bin',
  'component/04': 'tree',
  'component/05': 'wall',
}

export function pictureFor(kind: 'component' | 'event', subclassCode: string, moment: Moment): number {
  if (moment === 'paper') return paperPicture
  const subject = subjects.indexOf(subjectOf(kind, subclassCode))
  return 1 + subject * 2 + (moment === 'after' ? 1 : 0)
}

function subjectOf(kind: 'component' | 'event', code: string): Subject {
  for (let length = code.length; length >= 2; length -= 1) {
    const known = byCode[`${kind}/${code.slice(0, length)}`]
    if (known) return known
  }
  // In the edition of 2026 the fault of a component is an event under the component's own code.
  return kind === 'event' ? subjectOf('component', code) : 'cover'
}
