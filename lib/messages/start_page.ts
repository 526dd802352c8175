/** What a browser shows at the address of a server. It is the same everywhere, and says nothing of the database. */

/** Plain text, with its line ends. */
export const START_PAGE = `\
This is csvrecon serve: it loads CSV files into a database by reconciliation. There is nothing to
see here for people; programs post their files.

  POST /import               a file; /webservices/import.php is the same
  GET  /healthz              whether imports can run

A file is posted as a form, with the login and the class to load it into:

  curl --user LOGIN -F class=Person -F csvdata=@persons.csv ADDRESS/import

Add -F simulate=1 to see what would happen, and nothing is written. The answer is the report.
The pages about it (docs/http.md before all) come with csvrecon: https://jsr.io/@csvrecon/csvrecon
On the server, csvrecon help serve and csvrecon help import list the parameters.
`;
