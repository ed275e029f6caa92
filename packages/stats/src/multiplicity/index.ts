export { adjustDiscretePValues, type DiscreteAdjustment } from './adjust-discrete-p-values.ts'
export { adjustPValues, type AdjustPValuesOptions, type PValueAdjustment } from './adjust-p-values.ts'
