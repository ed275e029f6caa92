export {
  type LogisticCoefficient,
  type LogisticGroup,
  type LogisticRegression,
  logisticRegression,
  type LogisticRegressionOptions,
} from './logistic-regression.ts'
export {
  type Dimension,
  logLinearModel,
  type LogLinearModel,
  type LogLinearModelOptions,
  type LogLinearTerm,
  type ModelFit,
} from './log-linear-model.ts'
