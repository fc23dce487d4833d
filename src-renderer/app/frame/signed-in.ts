/** What is fetched after the sign-in screen stands: the frame with all panes, and a pane in a window of its own. */
export { SeatFrame } from './frame'
export { PoppedOutPane } from './popped-out'
