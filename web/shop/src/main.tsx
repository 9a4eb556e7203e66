import '@fenqi/ui/document.css'
import '@fenqi/ui/button.css'
import '@fenqi/ui/field.css'
import './shop.css'
import './catalogue.css'
import './phone.css'
import './order.css'
import './desk.css'
import { start } from '@fenqi/ui'
import { Pages } from './router'

start(<Pages />)
