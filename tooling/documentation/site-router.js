import { KindRouter } from 'typedoc'
import { slugOf } from './named-documents.js'

/** Addresses by kind, as TypeDoc's own; documents keep their short names whatever their titles are. */
export class SiteRouter extends KindRouter {
  getIdealBaseName(reflection) {
    return reflection.isDocument() ? `documents/${slugOf(reflection)}` : super.getIdealBaseName(reflection)
  }
}
