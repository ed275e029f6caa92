export { type DataLicence, dataPackage, type DataPackage, type DataPackageOptions, type TableField } from './data-package.ts'
export { type CsvTemplate, csvTemplate, xlsxTemplate } from './template.ts'
