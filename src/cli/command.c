#include "cli/command.h"

// clang-format off
#define READ_OPTIONS (OPT(JSON) | OPT(CSV) | OPT(LANG) | OPT(JOBS) | OPT(NAME) | OPT(NO_COLOR))
#define AUDIT_OPTIONS (OPT(DATA) | OPT(FROM) | OPT(TO) | OPT(WHO) | OPT(ACT) | OPT(ORGAN) | OPT(ABOUT) | OPT(TEXT))
#define FILES_TEXT                                                                                                   \
    "A directory stands for the documents below it, - for standard input. A file may be HTML, plain text, Markdown,\n" \
    "PDF, DOCX, XLSX or DOC, of at most 32 MB, and may hold several reports. Each file is read in a child process\n"  \
    "without access to files or the network; one that cannot be read is named at the end and stops nothing."

#define STEP_OPTIONS (OPT(DATA) | OPT(BASIS) | OPT(ON) | OPT(TODAY) | OPT(DRY_RUN))
#define ORGAN_TEXT "ORGAN is a number, a slug, a code, or a name that the organ has or had."

const Command commands[] = {
    { SI("report"), SI("read"), SI("FILE|DIR|-…"), 1, -1, READ_OPTIONS | OPT(XLSX),
      SI("read annual reports and show their figures"),
      SI(FILES_TEXT "\n\n"
         "In the tables, _ is a cell that is blank in the source, ? one in which something stands that is not one number,\n"
         "and ~ marks a figure whose place had been lost and was found by the arithmetic of the form."), cmd_report_read },
    { SI("report"), SI("check"), SI("FILE|DIR|-…"), 1, -1, READ_OPTIONS | OPT(XLSX) | OPT(TODAY) | OPT(ALL) | OPT(DATA),
      SI("check annual reports against the form, their own text and each other"),
      SI(FILES_TEXT "\n\n"
         "Reports of one organ in consecutive years are also checked beside each other, in whichever files they are;\n"
         "with --data also beside the report of the year before that the site holds.\n\n"
         "The exit status is 1 when a finding failed, 3 when a file could not be read, whatever was found in the others."),
      cmd_report_check },
    { SI("report"), SI("sum"), SI("FILE|DIR|-…"), 1, -1, READ_OPTIONS | OPT(TOTAL) | OPT(ALL) | OPT(TODAY),
      SI("add reports up cell by cell, and compare with the total that was published"),
      SI(FILES_TEXT "\n\n"
         "A blank adds nothing and is named; a figure to which something is missing is marked +. A second report of\n"
         "the same organ and year is not added. The exit status is 1 when the sum does not fit the form, or differs\n"
         "from the published total."), cmd_report_sum },
    { SI("report"), SI("diff"), SI("FILE [FILE]"), 1, 2, OPT(JSON) | OPT(LANG) | OPT(NO_COLOR) | OPT(ALL) | OPT(NAME),
      SI("show what changed between two reports"),
      SI("The two are compared in the order of their years. They may stand in one file."), cmd_report_diff },
    { SI("report"), SI("import"), SI("FILE|DIR|-…"), 1, -1,
      OPT(DATA) | OPT(ORGAN) | OPT(YEAR) | OPT(DRY_RUN) | OPT(LANG) | OPT(NAME) | OPT(TODAY),
      SI("put published annual reports into the site"),
      SI("Each report is checked, also against those of the same organ that are there already, and shown on the site.\n"
         "A report of an organ and year that is there already replaces it; the one before is kept in the past."),
      cmd_report_import },
    { SI("organ"), SI("list"), SI("[WORDS]"), 0, 1, OPT(DATA) | OPT(JSON) | OPT(ALL),
      SI("list the organs, or those with the words in any name they have or had"),
      SI("--all also lists those that have ended."), cmd_organ_list },
    { SI("organ"), SI("show"), SI("ORGAN"), 1, 1, OPT(DATA) | OPT(JSON),
      SI("show an organ, its life and its heirs"), SI(ORGAN_TEXT), cmd_organ_show },
    { SI("organ"), SI("add"), SI("NAME [FIELD=VALUE…]"), 1, -1, STEP_OPTIONS | OPT(PARENT),
      SI("found an organ"),
      SI("The fields are those of the file that organ export prints. Kind and level follow from the name unless given."),
      cmd_organ_add },
    { SI("organ"), SI("edit"), SI("ORGAN FIELD=VALUE…"), 2, -1, OPT(DATA),
      SI("change facts of an organ"), SI(ORGAN_TEXT " An empty VALUE clears."), cmd_organ_edit },
    { SI("organ"), SI("rename"), SI("ORGAN NAME"), 2, 2, STEP_OPTIONS | OPT(SLUG),
      SI("give an organ another name"),
      SI(ORGAN_TEXT " What it published stays found under both names."), cmd_organ_rename },
    { SI("organ"), SI("merge"), SI("ORGAN INTO"), 2, 2, STEP_OPTIONS,
      SI("merge an organ into another"),
      SI(ORGAN_TEXT " What stood below it, and its lines of supervision, go on with the other."), cmd_organ_merge },
    { SI("organ"), SI("split"), SI("ORGAN HEIR HEIR…"), 3, -1, STEP_OPTIONS,
      SI("end an organ whose work several others carry on"), SI(ORGAN_TEXT), cmd_organ_split },
    { SI("organ"), SI("abolish"), SI("ORGAN"), 1, 1, STEP_OPTIONS,
      SI("end an organ"), SI(ORGAN_TEXT " Nothing may stand below it."), cmd_organ_abolish },
    { SI("organ"), SI("move"), SI("ORGAN PARENT|-"), 2, 2, STEP_OPTIONS,
      SI("put an organ under another, or at the top"), SI(ORGAN_TEXT), cmd_organ_move },
    { SI("organ"), SI("line"), SI("ORGAN OVER BUSINESS"), 3, 3, OPT(DATA) | OPT(END) | OPT(TODAY),
      SI("begin or end a line of supervision apart from the tree"),
      SI("OVER supervises ORGAN in the business named. " ORGAN_TEXT), cmd_organ_line },
    { SI("organ"), SI("import"), SI("FILE|-"), 1, 1, STEP_OPTIONS | OPT(JSON) | OPT(ALL),
      SI("add and change organs from a CSV file, as organ export prints it"),
      SI("The first line has the columns, in Chinese or by their ids. An organ is found by its credit code, its own\n"
         "code or its name; empty cells change nothing and - clears. The file goes in whole or, where a line is refused,\n"
         "not at all. --basis is asked for where organs are added. --all also prints lines that change nothing."),
      cmd_organ_import },
    { SI("organ"), SI("export"), SI(""), 0, 0, OPT(DATA),
      SI("print all organs as CSV"), SI(""), cmd_organ_export },
    { SI("division"), SI("find"), SI("WORDS|CODE"), 1, 1, OPT(JSON),
      SI("find administrative divisions by name or code"), SI(""), cmd_division_find },
    { SI("serve"), SI(""), SI(""), 0, 0, OPT(DATA) | OPT(PORT) | OPT(BIND) | OPT(CACHE) | OPT(QUIET),
      SI("show the site in a browser, until it is interrupted"),
      SI("Makes the data folder on first use, with a sample site to look at. Listens on this machine only, unless\n"
         "told otherwise; put nginx or another proxy with TLS in front before the world may ask."), cmd_serve },
    { SI("db"), SI("migrate"), SI(""), 0, 0, OPT(DATA),
      SI("make the data folder, or bring it up to date"), SI(""), cmd_db_migrate },
    { SI("db"), SI("check"), SI(""), 0, 0, OPT(DATA),
      SI("look whether the data folder is whole"), SI(""), cmd_db_check },
    { SI("job"), SI("list"), SI(""), 0, 0, OPT(DATA),
      SI("show the work that the server does by itself, and how it went"), SI(""), cmd_job_list },
    { SI("job"), SI("run"), SI("JOB"), 1, 1, OPT(DATA),
      SI("do it now"), SI("Refused while another process does it."), cmd_job_run },
    { SI("mail"), SI("test"), SI("ADDRESS"), 1, 1, OPT(DATA),
      SI("send one mail now, and show what the mail server answers"),
      SI("Past the outbox, with the configuration that the server uses."), cmd_mail_test },
    { SI("mail"), SI("list"), SI(""), 0, 0, OPT(DATA) | OPT(ALL),
      SI("show mail that waits or could not be sent"),
      SI("With --all also what was sent or dropped. Under each mail that was tried stands what the mail server said."),
      cmd_mail_list },
    { SI("mail"), SI("retry"), SI("NUMBER…"), 1, -1, OPT(DATA),
      SI("try it again, as if it had never been tried"), SI(""), cmd_mail_retry },
    { SI("mail"), SI("drop"), SI("NUMBER…"), 1, -1, OPT(DATA),
      SI("give it up"), SI(""), cmd_mail_drop },
    { SI("config"), SI("show"), SI(""), 0, 0, OPT(DATA),
      SI("show what is configured and where each value came from"),
      SI("The order is: options, the environment (GONGKAI_PORT), the file, systemd credentials for secrets.\n"
         "Secrets are only said to be set. GONGKAI_CONFIG names another file, or none where it is empty."),
      cmd_config_show },
    { SI("config"), SI("sample"), SI(""), 0, 0, 0,
      SI("print a configuration file with every key and what it means"), SI(""), cmd_config_sample },
    { SI("config"), SI("table"), SI(""), 0, 0, 0,
      SI("print all keys as a table in Markdown"), SI(""), cmd_config_table },
    { SI("config"), SI("check"), SI(""), 0, 0, OPT(DATA),
      SI("look whether the configuration holds, before a restart"),
      SI("All mistakes are shown, each with its line; the exit status is then 1."), cmd_config_check },
    { SI("request"), SI("list"), SI("[WORDS]"), 0, 1, OPT(DATA) | OPT(JSON) | OPT(ALL) | OPT(LIMIT),
      SI("list open requests, those due first, or those with the words in code, title or applicant"),
      SI("--all also lists those that have ended. Who asks is not printed."), cmd_request_list },
    { SI("request"), SI("show"), SI("REQUEST"), 1, 1, OPT(DATA) | OPT(JSON),
      SI("show a request: its phase, its days and every step"),
      SI("REQUEST is its number in the data or its code, with brackets of any kind."), cmd_request_show },
    { SI("request"), SI("ledger"), SI("REQUEST"), 1, 1, OPT(DATA) | OPT(JSON),
      SI("print how the day it is due follows, line by line"), SI(""), cmd_request_ledger },
    { SI("request"), SI("same"), SI("REQUEST"), 1, 1, OPT(DATA) | OPT(JSON),
      SI("print who asked the same or the like, with phase, outcome and letter"),
      SI("own: the same applicant; here: the same organ; away: another organ; near: similar words."), cmd_request_same },
    { SI("archive"), SI("make"), SI("REQUEST FILE"), 2, 2, OPT(DATA),
      SI("put a closed request into the archive and write its package to a file"),
      SI("The request can then not be changed any more. Of one that is in the archive already the package is written\n"
         "as it was kept. FILE may not be there yet; it is a tar archive with a page, index.html, to begin with."),
      cmd_archive_make },
    { SI("archive"), SI("verify"), SI("FILE|-"), 1, 1, OPT(PUBLIC_KEY),
      SI("prove that a package was signed by the site and nothing in it was changed"),
      SI("Needs neither the site nor its data. With --public-key it has to be this one. The exit status is 1 when\n"
         "something does not fit."), cmd_archive_verify },
    { SI("letter"), SI("show"), SI("NUMBER"), 1, 1, OPT(DATA),
      SI("show a letter as it went out"),
      SI("NUMBER is the letter's 文号, 示住建公复〔2026〕17号, or its number in the address of its page."), cmd_letter_show },
    { SI("letter"), SI("save"), SI("NUMBER FILE"), 2, 2, OPT(DATA),
      SI("write a letter into a file, as PDF, or as a Word document where FILE ends in .docx"),
      SI("NUMBER as for letter show. The same letter gives the same bytes with the same fonts."), cmd_letter_save },
    { SI("letter"), SI("check"), SI("LETTER FILE|-"), 2, 2, OPT(LANG),
      SI("check a template before it is put into the site"),
      SI("LETTER is one of gongkai law letters. The exit status is 1 when the template lacks something or cannot be read."),
      cmd_letter_check },
    { SI("receipt"), SI("verify"), SI("FILE|-"), 1, 1, OPT(PUBLIC_KEY),
      SI("prove that a receipt of a request was signed by the site and not changed"),
      SI("Needs neither the site nor its data. With --public-key it has to be this one. The exit status is 1 when the\n"
         "signature does not fit."), cmd_receipt_verify },
    { SI("redact"), SI("verify"), SI("FILE|-"), 1, 1, OPT(TEXT) | OPT(JSON),
      SI("open a PDF and look for texts that must not be in it"),
      SI("Looks at its bytes in every encoding, at what can be extracted as text, and at what is in it besides its pages\n"
         "(files, scripts, forms, metadata, earlier versions). The exit status is 1 when anything is found."), cmd_redact_verify },
    { SI("redact"), SI("work"), SI(""), 0, 0, 0,
      SI("what the server starts in a sandbox; for nobody else"), SI(""), cmd_redact_work },
    { SI("redact"), SI(""), SI("FILE|-"), 1, 1, OPT(TEXT) | OPT(AREA) | OPT(GROUND) | OPT(OUT) | OPT(JSON),
      SI("black out texts and areas of a PDF, PNG or JPEG, and prove that nothing of them is left"),
      SI("Writes a new PDF of pictures of the pages. It is opened again and looked at from several sides before it is\n"
         "written; where anything is left it is not, and the exit status is 1. So it is where a --text stands nowhere,\n"
         "though the PDF is written then. An area is page:left,top,width,height in per cent of the page as shown,\n"
         "1:10,20.5,30,4."), cmd_redact },
    { SI("law"), SI("decisions"), SI(""), 0, 0, 0,
      SI("print through whose hands a reply goes, and what each outcome has to say"),
      SI("An action without a row is forbidden. Nobody has two hands in one decision, and a substitute counts as whom they\n"
         "stand for."), cmd_law_decisions },
    { SI("law"), SI("grounds"), SI(""), 0, 0, 0,
      SI("print the grounds on which something is withheld"),
      SI(""), cmd_law_grounds },
    { SI("request"), SI("forecast"), SI(""), 0, 0, OPT(DATA) | OPT(JSON) | OPT(TODAY),
      SI("open requests that are overdue, or come due today and on the next five working days"),
      SI("The exit status is 1 when one is overdue."), cmd_request_forecast },
    { SI("calendar"), SI("due"), SI("DATE WORKDAYS"), 2, 2, OPT(JSON) | OPT(DATA),
      SI("the day a term of working days ends"),
      SI("The day itself is day 0. Holidays and worked weekend days are as in the State Council's notices; with --data\n"
         "also as in those that the site has of its own. The answer says where a year has no notice yet."), cmd_calendar_due },
    { SI("calendar"), SI("count"), SI("FROM TO"), 2, 2, OPT(DATA),
      SI("working days after one day up to another"), SI("With --data as the site's own notices have it."), cmd_calendar_count },
    { SI("calendar"), SI("show"), SI("YEAR"), 1, 1, OPT(DATA),
      SI("holidays and worked weekend days of a year, with their source"), SI("With --data with the site's own notices."), cmd_calendar_show },
    { SI("calendar"), SI("add"), SI("FILE|-"), 1, 1, OPT(DATA) | OPT(YEAR) | OPT(BASIS) | OPT(REGIONAL) | OPT(YES) | OPT(TODAY),
      SI("enter a notice, after showing which open requests move"),
      SI("FILE has lines such as “2026-02-14 work 春节” and “2026-02-15 off 春节”, or sentences as notices write them, and\n"
         "may have one “source ADDRESS”. --year is that of the notice's title, --basis its number and title. Without\n"
         "--yes nothing is changed."), cmd_calendar_add },
    { SI("law"), SI("clocks"), SI(""), 0, 0, 0,
      SI("print the statutory terms, their sources, and the readings that are settings"),
      SI(""), cmd_law_clocks },
    { SI("law"), SI("steps"), SI(""), 0, 0, 0,
      SI("print what may happen to a request, in which phase, by which power"),
      SI(""), cmd_law_steps },
    { SI("law"), SI("outcomes"), SI(""), 0, 0, 0,
      SI("print how a request can end: letter, row of the report, remedy"),
      SI(""), cmd_law_outcomes },
    { SI("law"), SI("letters"), SI(""), 0, 0, 0,
      SI("print the letters: to whom, with which step, on what basis, and what each must say"),
      SI(""), cmd_law_letters },
    { SI("law"), SI("fees"), SI(""), 0, 0, 0,
      SI("print the scales of the fee for asking beyond measure, and how the measures are read"),
      SI(""), cmd_law_fees },
    { SI("law"), SI("remedies"), SI(""), 0, 0, 0,
      SI("print the time limits of reviews and suits, results by column of table four, settings and readings"),
      SI(""), cmd_law_remedies },
    { SI("db"), SI("copy"), SI("ADDRESS"), 1, 1, OPT(DATA),
      SI("copy the database to another one: SQLite to PostgreSQL, or back"),
      SI("ADDRESS is postgresql://user@host/name (the database must exist and hold nothing) or the path of a file\n"
         "that is not there yet. What is copied is the state of one moment; every row is compared on both sides before\n"
         "anything is kept. Nothing is changed in the database that is read. Stop the site first, so that nobody\n"
         "writes into the old one meanwhile, and set `database` in the configuration afterwards."), cmd_db_copy },
    { SI("backup"), SI("verify"), SI("BACKUP"), 1, 1, OPT(DATA),
      SI("read a backup from front to back and compare everything with its sums"),
      SI("The exit status is 3 when it is not whole."), cmd_backup_verify },
    { SI("backup"), SI(""), SI("TARGET"), 1, 1, OPT(DATA) | OPT(WITHOUT_KEY),
      SI("back the whole site up while it runs: database, documents, key"),
      SI("TARGET is a folder that is not there yet, or an archive where it ends in .tar. The database is in it as a\n"
         "SQLite file, whichever engine is used. The backup is read again and compared before the command ends.\n\n"
         "The site's key is in it in the open, unless --without-key is given: keep it as safe as the site itself."),
      cmd_backup },
    { SI("restore"), SI(""), SI("BACKUP"), 1, 1, OPT(DATA),
      SI("put a backup into an empty data folder, and an empty database"),
      SI("The backup is verified first. Nothing that exists is ever overwritten. With --database the tables go into\n"
         "a PostgreSQL, whichever engine they came from."), cmd_restore },
    { SI("audit"), SI("verify"), SI(""), 0, 0, OPT(DATA) | OPT(FROM) | OPT(PUBLIC_KEY) | OPT(ANCHOR) | OPT(JSON),
      SI("prove that nothing in the audit was changed, taken out or added"),
      SI("Walks all lines in their order, or those since the last seal before --from, and names the first that is\n"
         "wrong and how. Lines that were cut off at the end together with their seals are found by an anchor that was\n"
         "kept elsewhere. The exit status is 1 where something is wrong."), cmd_audit_verify },
    { SI("audit"), SI("seal"), SI(""), 0, 0, OPT(DATA) | OPT(NEW_KEY),
      SI("sign the last line of the audit; done every day by itself"),
      SI("Prints the anchor of the seal, to be kept elsewhere. What was added since the last seal is verified first."),
      cmd_audit_seal },
    { SI("audit"), SI("anchor"), SI(""), 0, 0, OPT(DATA),
      SI("print the newest seal as a line to be kept elsewhere"), SI(""), cmd_audit_anchor },
    { SI("audit"), SI("list"), SI(""), 0, 0, AUDIT_OPTIONS | OPT(LIMIT) | OPT(BEFORE),
      SI("list lines of the audit, newest first"), SI(""), cmd_audit_list },
    { SI("audit"), SI("show"), SI("LINE"), 1, 1, OPT(DATA),
      SI("show one line of the audit and the seal over it"), SI(""), cmd_audit_show },
    { SI("audit"), SI("export"), SI(""), 0, 0, AUDIT_OPTIONS | OPT(LIMIT) | OPT(CSV) | OPT(JSON),
      SI("print lines of the audit as CSV or JSON, newest first"),
      SI("That it was done is a line of the audit itself."), cmd_audit_export },
    { SI("user"), SI("list"), SI("[TEXT]"), 0, 1, OPT(DATA) | OPT(ORGAN) | OPT(ROLE) | OPT(CLOSED) | OPT(JSON),
      SI("list people with their posts"), SI("TEXT is part of a name or login."), cmd_user_list },
    { SI("user"), SI("show"), SI("LOGIN"), 1, 1, OPT(DATA),
      SI("show one account, with every post held now or before"), SI(""), cmd_user_show },
    { SI("user"), SI("add"), SI("LOGIN"), 1, 1,
      OPT(DATA) | OPT(NAME) | OPT(ORGAN) | OPT(ROLE) | OPT(PHONE) | OPT(EMAIL) | OPT(NO_PASSWORD),
      SI("open an account"),
      SI("Needs --name and --organ. Prints a first password, which is good for a few days and has to be changed at the\n"
         "first sign-in."), cmd_user_add },
    { SI("user"), SI("import"), SI("FILE"), 1, 1, OPT(DATA) | OPT(DRY_RUN) | OPT(NO_PASSWORD),
      SI("open accounts from a CSV table"),
      SI("The first row names the columns: login, name, organ (its full name), and where wanted roles (between blanks),\n"
         "phone, email. All lines or none. Logins that are there already are left alone. Prints a first password for each."),
      cmd_user_import },
    { SI("user"), SI("close"), SI("LOGIN"), 1, 1, OPT(DATA) | OPT(WHY) | OPT(SUCCESSOR),
      SI("close an account: its posts and sessions end, its history stays"),
      SI("What is still open has to go to a successor."), cmd_user_close },
    { SI("user"), SI("reopen"), SI("LOGIN"), 1, 1, OPT(DATA),
      SI("open a closed account again, without posts"), SI(""), cmd_user_reopen },
    { SI("user"), SI("role"), SI("give|take LOGIN ROLE"), 3, 3, OPT(DATA) | OPT(ORGAN),
      SI("give somebody a post, or take it"),
      SI("At the organ they belong to, unless --organ names another. gongkai law roles lists the roles."), cmd_user_role },
    { SI("user"), SI("hand-over"), SI("FROM TO"), 2, 2, OPT(DATA) | OPT(WHY),
      SI("hand everything somebody has open to somebody else, with a list"), SI(""), cmd_user_hand_over },
    { SI("user"), SI("password"), SI("LOGIN"), 1, 1, OPT(DATA) | OPT(SECOND),
      SI("make a new first password; sessions end"), SI(""), cmd_user_password },
    { SI("user"), SI("first-admin"), SI(""), 0, 0, OPT(DATA) | OPT(LOGIN) | OPT(NAME) | OPT(ORGAN) | OPT(PHONE) | OPT(EMAIL),
      SI("make the first administrator of a site"),
      SI("Works only while there is none. The password is asked for on a terminal, or read as the first line of standard\n"
         "input; where that is empty one is made and printed once. --organ names the organ that runs the site, where the\n"
         "site has several at the top and none was named before."), cmd_user_first_admin },
    { SI("law"), SI("roles"), SI(""), 0, 0, 0,
      SI("print the roles people can hold"), SI(""), cmd_law_roles },
    { SI("law"), SI("powers"), SI(""), 0, 0, 0,
      SI("print who may do what, to whose things"), SI(""), cmd_law_powers },
    { SI("law"), SI("editions"), SI(""), 0, 0, 0,
      SI("print the editions of the report form and the years they are due for"),
      SI(""), cmd_law_editions },
    { SI("law"), SI("cells"), SI(""), 0, 0, 0,
      SI("print every cell of every edition, with its id"),
      SI(""), cmd_law_cells },
    { SI("law"), SI("checks"), SI(""), 0, 0, OPT(LANG),
      SI("print the checks, what a failure weighs and what they rest on"),
      SI(""), cmd_law_checks },
    { SI("law"), SI("repairs"), SI(""), 0, 0, OPT(LANG),
      SI("print what may be done to a written figure to read it"),
      SI(""), cmd_law_repairs },
    { SI("help"), SI(""), SI("[COMMAND]"), 0, 2, OPT(MAN),
      SI("show the commands, or what one of them does"),
      SI(""), cmd_help },
    { SI("version"), SI(""), SI(""), 0, 0, 0,
      SI("print the version"),
      SI(""), cmd_version },
    { SI("completion"), SI("bash"), SI(""), 0, 0, 0,
      SI("print the completion script for bash"),
      SI("Load it with: source <(gongkai completion bash)"), cmd_completion },
};
// clang-format on
const size_t n_commands = sizeof commands / sizeof *commands;

bool command_takes(const Command *c, int option)
{
    int as = option == OPT_CONFIG || option == OPT_DATABASE ? OPT_DATA : option;
    return option == OPT_HELP || (c->options >> as & 1);
}

const Command *command_find(char **words, int n, int *used)
{
    Str noun = n > 0 ? str_z(words[0]) : S(""), verb = n > 1 ? str_z(words[1]) : S("");
    for (size_t i = 0; i < n_commands; i++)
        if (str_eq(commands[i].noun, noun) &&
            (commands[i].verb.n == 0 || str_eq(commands[i].verb, verb))) {
            *used = commands[i].verb.n ? 2 : 1;
            return &commands[i];
        }
    return NULL;
}
