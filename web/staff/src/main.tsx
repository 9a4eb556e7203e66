import '@fenqi/ui/document.css'
import '@fenqi/ui/button.css'
import './staff.css'
import { start } from '@fenqi/ui'
import { RouterProvider } from 'react-router/dom'
import { router } from './router'
import { AntLanguage } from './ant_language'

start(
  <AntLanguage>
    <RouterProvider router={router} />
  </AntLanguage>,
)
