import { describe, expect, test } from 'vitest'
import { classifyText } from '../src/index.ts'

/** `id` for a technology that is used, `id:status` for any other. */
const read = (text: string): readonly string[] =>
  classifyText(text).map(({ technologyId, status }) => (status === 'used' ? technologyId : `${technologyId}:${status}`))
const versions = (text: string): readonly string[] =>
  classifyText(text).map(({ technologyId, version }) => `${technologyId} ${version ?? '-'}`)

describe('names with signs in them', () => {
  test.each([
    ['C#, C++ and C', ['c-sharp', 'cpp', 'c']],
    ['C# developers; F♯ too', ['c-sharp', 'f-sharp']],
    ['.NET,SQLServer', ['dotnet', 'sql-server']],
    ['.Net/C#', ['dotnet', 'c-sharp']],
    ['Node.js/Vue.js', ['nodejs', 'vue']],
    ['PPM+ and dm+d', ['ppm-plus', 'dm-d']],
    ['Orion Health™ Rhapsody® Integration Engine', ['rhapsody']],
    ['Power-BI, POWERBI, power  bi', ['power-bi', 'power-bi', 'power-bi']],
    ['Java\u00adScript and Java\u200bScript', ['javascript', 'javascript']],
    ['InterSystems Cache\u0301? No: InterSystems Caché', ['intersystems-cache:question', 'intersystems-cache']],
    ['Oracle’s relational database', ['oracle-database']],
    ['two WordPresses and three Joomlas', ['wordpress', 'joomla']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })
})

describe('the longest name wins', () => {
  test.each([
    ['JavaScript', ['javascript']],
    ['ASP.NET MVC', ['asp-net-mvc']],
    ['R Shiny', ['shiny']],
    ['HL7 FHIR', ['fhir']],
    ['SQL Server Reporting Services', ['ssrs']],
    ['SQL Server Express', ['sql-server']],
    ['Oracle Millennium', ['cerner-millennium']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('a bundle stands for its parts, all at one place', () => {
    const matches = classifyText('A LAMP stack; C/C++.')
    expect(matches.map(({ technologyId, text, because }) => [technologyId, text, because.rule])).toEqual([
      ['linux', 'LAMP stack', 'bundle'],
      ['apache-http', 'LAMP stack', 'bundle'],
      ['mysql', 'LAMP stack', 'bundle'],
      ['php', 'LAMP stack', 'bundle'],
      ['c', 'C/C++', 'bundle'],
      ['cpp', 'C/C++', 'bundle'],
    ])
    expect(classifyText('The lamp on the ward was mean.')).toEqual([])
  })
})

describe('versions', () => {
  test.each([
    ['MVC 5', 'asp-net-mvc 5'],
    ['SQL Server 2016 R2', 'sql-server 2016 R2'],
    ['SQL 2008 R2', 'sql-server 2008 R2'],
    ['FHIR STU3', 'fhir STU3'],
    ['HL7 v2.5.1', 'hl7-v2 2.5.1'],
    ['FHIR (R4)', 'fhir R4'],
    ['PHP7', 'php 7'],
    ['HTML5', 'html 5'],
    ['IIS8', 'iis 8'],
    ['Python 3.11.4', 'python 3.11.4'],
    ['Umbraco v7', 'umbraco 7'],
    ['Oracle 12c', 'oracle-database 12c'],
    ['Office 365', 'microsoft-365 -'],
    ['Java 2. Support is in house.', 'java -'],
    ['Java 45 applications', 'java -'],
    ['Log4j', 'log4j -'],
  ])('%s', (text, expected) => {
    expect(versions(text)).toEqual([expected])
  })

  test('a version is part of the match', () => {
    expect(classifyText('on SQL Server 2016 R2 today')[0]).toMatchObject({ start: 3, end: 21, text: 'SQL Server 2016 R2' })
  })
})

describe('places that are no prose', () => {
  test.each([
    'write to foi.team@trust.nhs.net',
    'see https://www.python.org/java/react?x=1#angular',
    'see www.oracle.com/java',
    'python.org has it',
    'the file package.json and aboutus.html',
    'C:\\inetpub\\php\\index',
    './src/java/main',
    'npm i @angular/core',
    'uses Newtonsoft.Json inside',
    'set JAVA_HOME first',
    'my-react-app-3',
  ])('%s', (text) => {
    expect(classifyText(text).filter(({ technologyId }) => technologyId !== 'npm')).toEqual([])
  })

  test('a full stop without a space after it ends a sentence', () => {
    expect(read('We use C#.Our database is SQL Server.We also have Java.')).toEqual(['c-sharp', 'sql-server', 'java'])
  })

  test('names that look like hosts are names', () => {
    expect(read('GOV.UK Notify, NHS.UK frontend, ASP.NET, Next.js')).toEqual(['gov-notify', 'nhsuk-frontend', 'asp-net', 'nextjs'])
  })
})

describe('ordinary words', () => {
  test.each([
    'a record of access requests',
    'go live in spring',
    'type 2 R',
    'The number of SAS doctors employed by the Trust is 84.',
    'Children referred with a lisp are seen by Speech and Language Therapy.',
    'patients with hepatitis C or C. diff',
    'Our R&D department',
    'vaginal mesh, spine surgery and lymph node biopsy',
    'open source safe patient list',
    'The Access Group; Patient Access System; subject access',
    'Jasmine Ward, Ruby Suite, Sunrise House',
    'Mr Jenkins, Dr Haskell and Ms Julia Swift',
    'atrial flutter, serum selenium, vitamin D3, QT interval',
    'ESR and CRP were raised; EF 35%',
    'good clinical practice (GCP) training; DBT skills group',
    'we react to feedback, express views and rest',
    '2020 vs 2019',
    'the service now provides an open shift rota; out systems',
    'Azure Road and Apache Way',
    'A, B or C',
    'Ward React was closed on 4 March; Unity was closed in May.',
    'The Trust supports Express and its volunteers.',
    'Present: JS, AD, TS, VB, CL.',
    'Julia C., Ruby R., Swift T.',
    'Kafka, T.\tR7 SWF\tC\nLorenzo, P.\tGO19 XDE\tR\nPascal-Travis, D.\tSA66 GES\tR',
    'A care plan was developed with Ruby and her family.',
    'A new wing will be built in Spring 2021; the strategy was written in Spring.',
    'SCR of 145 umol/l and ESR 22 mm/hr.',
    'Delegates flew via Paris to Rio de Janeiro.',
    'An AWS score above 8 triggers a review; water ingress; the active directory of volunteers; java-style coffee beans',
    'Staff can access databases. Apps came back at four; Teams on nights reverted to paper.',
    'Web forms: see page 4',
    'Our system: Access, choice and equity. Vision is our framework for care. TS and JS attended.',
    'Ms Access-Jones asked. Dart, R. (2019) "Recovery". Job ref 289-TS-0091.',
    'asked to attend anywhere that suits them under an azure sky',
    'He went to Paris; we want to Excel and to Express thanks.',
  ])('%s', (text) => {
    expect(classifyText(text)).toEqual([])
  })

  test.each([
    ['The app was built with React, Node, Express and Mongo.', ['react', 'nodejs', 'express', 'mongodb']],
    ['Micro-services are in Go, packaged with Docker.', ['go', 'docker']],
    ['We use R for analysis.', ['r']],
    ['a simple Access DB', ['ms-access']],
    ['Powershell & bash scripts', ['powershell', 'bash']],
    ['you use synchronous REST APIs by default', ['rest']],
    ['Java (Spring, Spring Boot)', ['java', 'spring', 'spring-boot']],
    ['The integration engine is Ensemble.', ['intersystems-ensemble']],
    ['Epic is our EPR.', ['epic']],
    ['SAS, SPSS and Stata', ['sas', 'spss', 'stata']],
    ['REST and SOAP web services', ['rest', 'soap']],
    ['our analysts code in r, python and sql', ['r', 'python', 'sql']],
    ['Salesforce with Apex triggers', ['salesforce', 'apex']],
    ['Apex (LIMS)', ['apex-lims']],
    ['our data are in an access database', ['ms-access']],
    ['Redis and Leaflet for the maps', ['redis', 'leaflet']],
    ['Databases:\n- MariaDB\n- SQLite inside the tablet app\n- Access, scattered', ['mariadb', 'sqlite', 'ms-access']],
    ['Q1 - C#\nQ2 - Angular\nQ3 - SQL Server', ['c-sharp', 'angular', 'sql-server']],
    ['a) SSMS\nb) Notepad++\nc) Postman', ['ssms', 'notepad-plus-plus', 'postman']],
    ['Go, Rust and Swift', ['go', 'rust', 'swift']],
    ['The build server is Octopus.', ['octopus-deploy']],
    ['Express is our framework.', ['express']],
    ['Message bus: Kafka; web server: apache', ['kafka', 'apache-http']],
    ['An Express API', ['express']],
    ['R and Shiny for analytics', ['r', 'shiny']],
    ['Python is used but R is not.', ['python', 'r:negated']],
    ['HL7 v2.4 and FHIR STU3. No CDA.', ['hl7-v2', 'fhir', 'cda:negated']],
    ['We are rewriting the parser in Rust.', ['rust']],
    ['a bit of old delphi and a foxpro thing', ['delphi', 'foxpro']],
    ['We are migrating from Ensemble to Rhapsody.', ['intersystems-ensemble', 'rhapsody:planned']],
    ['Meeting held on Teams; Slack and Teams for chat', ['ms-teams', 'slack', 'ms-teams']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('the rule that admitted a match is named with its words', () => {
    const reasons = (text: string) => classifyText(text).map(({ because }) => [because.rule, because.words])
    expect(reasons('React front end')).toEqual([['cue', 'front end']])
    expect(reasons('PHP, Spring')).toEqual([
      ['label', null],
      ['list-neighbour', 'PHP'],
    ])
    expect(reasons('Rhapsody')).toEqual([['whole-text', null]])
    expect(reasons('We use Rhapsody.')).toEqual([['use-verb', 'We use']])
    expect(reasons('Do you have a TIE? Cloverleaf')).toEqual([['answer', null]])
    expect(reasons('An Access database. Forms in Access too.')).toEqual([
      ['letter-form', null],
      ['same-text', 'Access database'],
    ])
  })
})

describe('misspellings', () => {
  test.each([
    ['Postgress and Jquerry', ['postgresql', 'jquery']],
    ['Sharepiont and Micrsoft Teams', ['sharepoint', 'ms-teams']],
    ['Mirth Conect', ['mirth-connect']],
    ['Angualr, Typescipt', ['angular', 'typescript']],
    ['FIHR API', ['fhir']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('an English word is no misspelling, nor is a word whose first letter differs', () => {
    expect(classifyText('the theatre was opened and closed; crisis teams; a locker, a noodle, a docket, talent')).toEqual([])
  })

  test('can be switched off', () => {
    expect(classifyText('Kuberentes', { misspellings: false })).toEqual([])
    expect(classifyText('Kuberentes')[0]).toMatchObject({ technologyId: 'kubernetes', confidence: 0.6, because: { rule: 'one-edit' } })
  })

  test('a minimum confidence leaves the doubtful out', () => {
    expect(classifyText('Kuberentes, Java', { minimumConfidence: 0.9 }).map(({ technologyId }) => technologyId)).toEqual(['java'])
  })
})

describe('status', () => {
  test.each([
    ['All development is C#. No PHP or Java is used by the Trust.', ['c-sharp', 'php:negated', 'java:negated']],
    ['HL7 v2 only, not FHIR as yet', ['hl7-v2', 'fhir:negated']],
    ['We do not use Java, our systems are in C#.', ['java:negated', 'c-sharp']],
    ['No, we use Java.', ['java']],
    ['Java: No; PHP: Yes', ['java:negated', 'php']],
    ['SSRS yes, Cognos no; gRPC inside, GraphQL never.', ['ssrs', 'cognos:negated', 'grpc', 'graphql:negated']],
    ['No Java, no PHP: a plain C# service', ['java:negated', 'php:negated', 'c-sharp']],
    ['not open source. bought from Civica (Infoflex)', ['civica-infoflex']],
    ['Figma (was Adobe XD)', ['figma', 'adobe-xd:former']],
    ['What we ask of suppliers: hosting on Azure, HL7 v2', ['azure', 'hl7-v2']],
    ['FHIR | No', ['fhir:negated']],
    ['including but not limited to Java and Python', ['java', 'python']],
    ['not only Java but also PHP', ['java', 'php']],
    ['There are no plans to replace Lorenzo EPR.', ['lorenzo']],
    ['Kubernetes isn’t in use here.', ['kubernetes:negated']],
    ['C# rather than Java', ['c-sharp', 'java:negated']],
    ['Qlik was considered but rejected', ['qlik:negated']],
    ['We do not write code apart from a little Python.', ['python']],
    ['TFS; previously held in SVN but still used for one project', ['tfs', 'svn']],
    ['Our site moved from WordPress to Drupal in 2018.', ['wordpress:former', 'drupal']],
    ['We are moving from WordPress to Drupal.', ['wordpress', 'drupal:planned']],
    ['We have replaced eGate with InterSystems Ensemble.', ['egate:former', 'intersystems-ensemble']],
    ['To replace MySQL with PostgreSQL', ['mysql', 'postgresql:planned']],
    ['Cerner will be replaced by Meditech.', ['cerner-millennium', 'meditech:planned']],
    ['We moved from Access to SQL Server.', ['ms-access:former', 'sql-server']],
    ['We migrated from jQuery to React.', ['jquery:former', 'react']],
    ['Azure DevOps (formerly VSTS) and Jira', ['azure-devops', 'azure-devops:former', 'jira']],
    ['COBOL was used until 2012; now Java.', ['cobol:former', 'java']],
    ['We ran Solaris and AIX. Both were decommissioned in 2019.', ['solaris:former', 'aix:former']],
    ['We plan to adopt Kubernetes', ['kubernetes:planned']],
    ['Vendors such as Cerner and Meditech might respond.', ['cerner-millennium:example', 'meditech:example']],
    ['We use tools such as Python and Excel.', ['python', 'excel']],
    ['Do you use SharePoint or WordPress?', ['sharepoint:question', 'wordpress:question']],
    ['Do you use SharePoint? Yes', ['sharepoint']],
    ['Do you use SharePoint? No', ['sharepoint:question']],
    ['What is your current intranet? (SharePoint, WordPress etc)', ['sharepoint:question', 'wordpress:question']],
    ['Please list your databases (e.g. SQL Server, MySQL).', ['sql-server:question', 'mysql:question']],
    ['We can neither confirm nor deny whether Citrix is used.', ['citrix:question']],
    ['Q4. Do you use interoperability standards (for example HL7 or FHIR)? A4. No.', ['hl7:question', 'fhir:question']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    ['Java - N', ['java:negated']],
    ['Python ✗', ['python:negated']],
    ['Python ✔', ['python']],
    ['❌ PHP', ['php:negated']],
    ['[x] C#\n[ ] Java', ['c-sharp', 'java:negated']],
    ['[ ] C#\n[ ] Java', ['c-sharp', 'java']],
    ['C#\tYes\nJava\tNo', ['c-sharp', 'java:negated']],
    ['C# | Y | main language\nJava | N | -', ['c-sharp', 'java:negated']],
    ['React | Yes\nVue | No\nAngular | Yes', ['react', 'vue:negated', 'angular']],
    ['| C# | Live |\n| VB6 | Retired |\n| FHIR | Planned |', ['c-sharp', 'vb6:former', 'fhir:planned']],
    ['VB6 (retired), C#', ['vb6:former', 'c-sharp']],
    ['Visio, Jira (Trello banned)', ['visio', 'jira', 'trello:negated']],
    ['Cerner was costed and turned down.', ['cerner-millennium:negated']],
    ['Redis dropped as unneeded; Kafka gone.', ['redis:former', 'kafka:former']],
  ])('in cells, boxes and brackets: %j', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    ['Not used:\n- PHP\n- Ruby', ['php:negated', 'ruby:negated']],
    ['Currently used:\n• C#\nNo longer used:\n• VB6\n• Classic ASP', ['c-sharp', 'vb6:former', 'classic-asp:former']],
    ['Technologies no longer in use\n- VB6\n- COBOL', ['vb6:former', 'cobol:former']],
    ['In use: C#, Python. Not in use: Java.', ['c-sharp', 'python', 'java:negated']],
    ['Current: C#. Previous: VB6. Planned: FHIR.', ['c-sharp', 'vb6:former', 'fhir:planned']],
    ['4) Theatres: not held\n5) Observations: Open eObs', ['open-e-obs']],
    ['Which do you use? Java / PHP / None\nPHP', ['java:question', 'php:question', 'php']],
  ])('under headings: %j', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    ['We chose PostgreSQL over MySQL.', ['postgresql', 'mysql:negated']],
    ['We looked at Cerner but went with Meditech.', ['cerner-millennium:negated', 'meditech']],
    ['Whilst Java was considered, the Trust chose C#.', ['java:negated', 'c-sharp']],
    ['Keycloak not Okta, PostgreSQL not MySQL', ['keycloak', 'okta:negated', 'postgresql', 'mysql:negated']],
    ['Not Java - JavaScript.', ['java:negated', 'javascript']],
    ['JSON is returned; SOAP web services are not acceptable.', ['json', 'soap:negated']],
    ['No tests to speak of, PHPUnit is installed.', ['phpunit']],
    ['Java for what needs it, Python for what doesn’t, and SQL.', ['java', 'python', 'sql']],
    ['We use Java; MATLAB we never had.', ['java', 'matlab:negated']],
    ['We have never used PHP.', ['php:negated']],
    ['There are currently no plans to move to FHIR.', ['fhir:negated']],
    ['There are no plans to move from Java.', ['java']],
    ['Before 2018 we used Mirth Connect.', ['mirth-connect:former']],
    ['Oracle Database was used before MySQL.', ['oracle-database:former', 'mysql']],
    ['The engine, upgraded last year from eGate, is Mirth Connect.', ['egate:former', 'mirth-connect']],
    ['We have rewritten our VB6 applications in C#.', ['vb6:former', 'c-sharp']],
    ['The VB6 application will be rewritten in C#.', ['vb6', 'c-sharp:planned']],
    ['We phased out MySQL in favour of PostgreSQL.', ['mysql:former', 'postgresql']],
    ['Any broker (ActiveMQ, say, or RabbitMQ) would have done.', ['activemq:example', 'rabbitmq:example']],
    ['You asked about HL7 and openEHR. We hold nothing.', ['hl7:question', 'openehr:question']],
    ['Your question about HL7 has been passed on.', ['hl7:question']],
  ])('comparisons and clauses: %s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    ['Do you use Mirth or Rhapsody?\nThe latter.', ['mirth-connect:question', 'rhapsody']],
    ['Do you use Mirth or Rhapsody? Both.', ['mirth-connect', 'rhapsody']],
    ['Do you use Java, Python or PHP?\nWe use the first two.', ['java', 'python', 'php:question']],
    ['Q3. Java, Python or PHP?\nResponse: we use the last of these.', ['java:question', 'python:question', 'php']],
    ['Which of HL7 v2, FHIR and DICOM do you support? All three.', ['hl7-v2', 'fhir', 'dicom']],
    ['Do you use GitHub or GitLab? The former for open code and the latter for the rest.', ['github', 'gitlab']],
    ['PostgreSQL or MySQL? The first year showed nothing.', ['postgresql:question', 'mysql:question']],
    ['Do you use Java or C#? Both were retired in 2019.', ['java:question', 'c-sharp:question']],
    ['We compared MySQL and PostgreSQL and chose the latter.', ['mysql:negated', 'postgresql']],
    ['We looked at Jenkins and GitLab CI; the former was chosen.', ['jenkins', 'gitlab-ci:negated']],
    ['We use SystmOne and EMIS Web; the former was decommissioned in 2020.', ['systmone:former', 'emis']],
    ['Java and PHP. The latter is no longer used.', ['java', 'php:former']],
  ])('references back: %s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    ['Carenotes -> RiO (2018)', ['carenotes:former', 'rio']],
    ['VitalPAC → Patientrack → Nervecentre (current)', ['vitalpac:former', 'patientrack:former', 'nervecentre']],
    ['SystmOne -> Mirth Connect -> PostgreSQL', ['systmone', 'mirth-connect', 'postgresql']],
    ['Python used to be popular here.', ['python:former']],
    ['Our engine used to be Ensemble.', ['intersystems-ensemble:former']],
    ['Earlier: PhoneGap.', ['cordova:former']],
    ['ABAP is written at the shared service, not us.', ['abap:negated']],
    ['The neighbouring trust runs Rhapsody, but we have Ensemble.', ['rhapsody:negated', 'intersystems-ensemble']],
    ['Our neighbouring trust uses Epic; we use Cerner Millennium.', ['epic:negated', 'cerner-millennium']],
    ['We and other trusts use SystmOne.', ['systmone']],
    ['We started out building everything with MySQL but moved to MongoDB.', ['mysql:former', 'mongodb']],
    ['We started with Django, added Rails and moved on.', ['django', 'rails']],
    ['Our supplier uses Java and PostgreSQL for its product.', ['java', 'postgresql']],
  ])('successions and other people’s systems: %s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('the words that gave a status are kept', () => {
    expect(classifyText('We previously used Java.')[0]?.statusWords).toBe('previously used')
    expect(classifyText('We use Java.')[0]?.statusWords).toBeNull()
  })
})

describe('names that are words', () => {
  test.each([
    ['Epic went live in October 2023.', ['epic']],
    ['Which systems do you use?\nEpic', ['epic']],
    ['CI/CD: Jenkins', ['jenkins']],
    ['Queue: Service Bus', ['azure-service-bus']],
    ['The website CMS is Craft.', ['craft-cms']],
    ['Snowstorm is our terminology server.', ['snomed-browser']],
    ['RESTful, SOAP and HL7', ['rest', 'soap', 'hl7']],
    ['Radiotherapy: Aria', ['aria-oncology']],
    ['SOAP/XML and REST/JSON', ['soap', 'xml', 'rest', 'json']],
    ['An interface between the TIS system and ESR.', ['esr']],
    ['We don’t use Jenkins anymore.', ['jenkins:negated']],
    ['The iSoft PatientCentre system was replaced.', []],
    ['The profile GPConnect-OperationOutcome-1 is wrong.', []],
    ['A handling session with a royal python.', []],
    ['What is the name of the ward?\nJasmine', []],
    ['Patients moved to Sunrise in May.', []],
    ['Patients had a restful night.', []],
    ['Roads were closed by a snowstorm.', []],
    ['The alfresco seating is open; Jupiter is visible tonight.', []],
    ['Craft sessions: Tuesdays.', []],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })
})

describe('refusals', () => {
  test.each([
    'This is exempt under s.31(1)(a).',
    'Section 43(2): commercial interests',
    'Exempt under s.21 - information reasonably accessible by other means. Please go to our website.',
    '',
    ' \n\t',
    '???',
  ])('%j names nothing', (text) => {
    expect(classifyText(text)).toEqual([])
  })
})
