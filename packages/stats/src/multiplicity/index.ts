export { adjustDiscretePValues, type DiscreteAdjustment } from './adjust-discrete-p-values.ts'
export { adjustPValues, type AdjustPValuesOptions, type PValueAdjustment } from './adjust-p-values.ts'
export { fisherAttainablePValues, fisherSmallestPValue } from './fisher-attainable-p-values.ts'
export { type Question, type QuestionEffect, type QuestionResult, testMany, type TestMany, type TestManyOptions } from './test-many.ts'
