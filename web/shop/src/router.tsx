import { Broken } from '@fenqi/ui'
import { createBrowserRouter } from 'react-router'
import { Frame } from './frame'
import { PhonesPage } from './pages/phone/list'

export const router = createBrowserRouter(
  [{ element: <Frame />, errorElement: <Broken />, children: [{ index: true, element: <PhonesPage /> }] }],
  { basename: '/shop' },
)
