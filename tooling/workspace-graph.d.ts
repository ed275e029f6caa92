export declare const workspaceGraph: Readonly<Record<string, readonly string[]>>
export declare const scope: string
