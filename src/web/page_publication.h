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
bool page_publication_publish_send(Request *r, Response *w, Err *err);
bool page_publication_withdraw_send(Request *r, Response *w, Err *err);
bool page_publish_request(Request *r, Response *w, Err *err); // /desk/requests/:id/publish
bool page_publish_request_send(Request *r, Response *w, Err *err);

bool page_disclosures(Request *r, Response *w, Err *err);
bool page_disclosure(Request *r, Response *w, Err *err);
bool page_disclosure_file(Request *r, Response *w, Err *err);

// The part of a request's page (request_part.h).
bool part_publication(Request *r, const RequestFile *file, Out *out, Err *err);

typedef struct PublicationLine {
    Str href, title, organ, state, tag, why, decided, due, published, index_no, summary;
    bool late;
} PublicationLine;

typedef struct PublicationPart {
    PublicationLine *lines;
    size_t n;
    Str decide; // address; empty: not now, or not by this viewer
} PublicationPart;

typedef struct PublicationFileLine {
    Str href, name, size;
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
} PublicationPage;

typedef struct DisclosuresPage {
    Frame page;
    PublicationLine *lines;
    size_t n;
    Str next;
} DisclosuresPage;

typedef struct DisclosurePage {
    Frame page;
    PublicationLine line;
    Str withdrawn, withdrawn_why; // empty: it is public
    PublicationFileLine *files;
    size_t n_files;
} DisclosurePage;

#endif
