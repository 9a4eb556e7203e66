import { Broken } from '@fenqi/ui'
import { createBrowserRouter } from 'react-router'
import { Frame } from './frame'

/* Each page is a chunk of its own, fetched when it is opened. */
export const router = createBrowserRouter(
  [
    {
      element: <Frame />,
      errorElement: <Broken />,
      children: [{ index: true, lazy: () => import('./pages/session/me').then((page) => ({ Component: page.MePage })) }],
    },
  ],
  { basename: '/staff' },
)
