import '@fenqi/ui/document.css'
import '@fenqi/ui/button.css'
import '@fenqi/ui/field.css'
import './staff.css'
import { start } from '@fenqi/ui'
import { Pages } from './router'

start(<Pages />)
