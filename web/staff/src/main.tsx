import '@fenqi/ui/document.css'
import '@fenqi/ui/button.css'
import '@fenqi/ui/field.css'
import './staff.css'
import { start } from '@fenqi/ui'
import { RouterProvider } from 'react-router/dom'
import { router } from './router'

start(<RouterProvider router={router} />)
