import { Plate } from './plate'
import { SelfCheck } from './self-check'
import { SignInForm } from './sign-in-form'

/** The first screen of a shift: who signs in on the left, what this PC can do today on the right. */
export function SignInScreen() {
  return (
    <main className="sign-in">
      <Plate side="left">
        <SignInForm />
      </Plate>
      <Plate side="right">
        <SelfCheck />
      </Plate>
    </main>
  )
}
