// /desk/publications: what was asked for and becomes public; /disclosures, where everybody reads
// it.
#ifndef GONGKAI_WEB_PAGE_PUBLICATION_H
#define GONGKAI_WEB_PAGE_PUBLICATION_H

#include "app/publication.h"
#include "web/desk.h"
#include "web/view.h"

bool page_publications(Request *r, Response *w, Err *err);
bool page_publication(Request *r, Response *w, Err *err);
bool page_publication_edit_send(Request *r, Response *w, Err *err);
bool page_publication_correct_send(Request *r, Response *w, Err *err);
bool page_publication_publish_send(Request *r, Response *w, Err *err);
bool page_publication_withdraw_send(Request *r, Response *w, Err *err);
bool page_publish_request(Request *r, Response *w, Err *err); // /desk/requests/:id/publish
bool page_publish_request_send(Request *r, Response *w, Err *err);

bool page_suggestion(Request *r, Response *w, Err *err); // /desk/requests/:id/suggestion
bool page_suggestion_send(Request *r, Response *w, Err *err);

// page_disclosure.c
bool page_disclosures(Request *r, Response *w, Err *err);
bool page_disclosure(Request *r, Response *w, Err *err);
bool page_disclosure_file(Request *r, Response *w, Err *err);
bool page_disclosure_feed(Request *r, Response *w, Err *err); // Atom: new, corrected, withdrawn

// The part of a request's page (request_part.h).
bool part_publication(Request *r, const RequestFile *file, Out *out, Err *err);

typedef struct PublicationLine {
    Str href, title, organ, state, tag, why, decided, due, published, index_no, summary;
    Str formed, corrected; // empty: not said; never
    bool late;
} PublicationLine;

PublicationLine publication_line(Arena *a, const Publication *p, Date today, bool desk);

// A correction of what was public, the newest first; title, summary: as they stood until then, for
// the desk alone.
typedef struct PublicationChangeLine {
    Str on, why, title, summary, by;
} PublicationChangeLine;

typedef struct PublicationPart {
    PublicationLine *lines;
    size_t n;
    Str decide;     // address; empty: not now, or not by this viewer
    Str suggestion; // what the applicant suggests and what became of it; empty: nothing
    Str review;     // address where it is reviewed; empty: not now, or not by this viewer
} PublicationPart;

typedef struct PublicationFileLine {
    Str href, name, kind, size;
    int64_t id;
} PublicationFileLine;

typedef struct PublicationsPage {
    Desk desk;
    PublicationLine *lines;
    size_t n;
} PublicationsPage;

typedef struct PublicationPage {
    Desk desk;
    PublicationLine line;
    Form form; // title and summary
    Form withdraw;
    Str edit, publish, withdraw_at; // addresses; empty: not in this state, or not by this viewer
    Str request, shown;
    PublicationFileLine *files;
    size_t n_files;
    int64_t version;
    Str wrong;
    bool corrects; // it is public: the form corrects it
    PublicationChangeLine *changes;
    size_t n_changes;
} PublicationPage;

typedef struct DisclosuresPage {
    Frame page;
    PublicationLine *lines;
    size_t n;
    Str next;
    Str words, first; // looked for; empty: all of them. first: back to the beginning
} DisclosuresPage;

typedef struct DisclosurePage {
    Frame page;
    PublicationLine line;
    Str withdrawn, withdrawn_why; // empty: it is public
    Str instead;                  // of what was withdrawn: where it stands now; empty: nowhere
    PublicationChangeLine *changes;
    size_t n_changes;
    PublicationFileLine *files;
    size_t n_files;
} DisclosurePage;

#endif
