import { apiFor, Session } from '@fenqi/ui'

export const session = new Session('fenqi.customer')
export const api = apiFor(session)
