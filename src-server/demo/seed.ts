/** The entrance to the demonstration: what the server's command line, and tests that need its people, may use of it. */
export { startActing } from './actors/actors'
export { demonstrationOf } from './areas'
export { startCameras } from './cameras/start-cameras'
export { seedDemonstrationCases, startFillingYear } from './cases/seed-cases'
export { type DemonstrationAccount, demonstrationAccounts } from './people'
export { withPictures } from './photos/pictures'
export { type Demonstration, demonstrationPassword, seedDemonstration } from './seed-accounts'
export { type DemonstrationTelephone, startTelephone } from './telephone'
