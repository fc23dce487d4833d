/** The styles of the frame, in the order in which they build on each other. */
import '@fontsource-variable/noto-sans-sc/index.css'
import './theme/tokens.css'
import './frame/frame.css'
import './session/session.css'
import './commands/commands.css'
