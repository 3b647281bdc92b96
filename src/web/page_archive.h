// /desk/archive: closed requests into the archive, how long they are kept, and making them
// anonymous when their years are over; and /archive/verify, where anybody proves a package.
#ifndef GONGKAI_WEB_PAGE_ARCHIVE_H
#define GONGKAI_WEB_PAGE_ARCHIVE_H

#include "app/archive.h"
#include "web/desk.h"
#include "web/view.h"

bool page_archive(Request *r, Response *w, Err *err); // closed, and not in it
bool page_archive_send(Request *r, Response *w, Err *err);
bool page_archive_one(Request *r, Response *w, Err *err); // /desk/requests/:id/archive
bool page_archive_one_send(Request *r, Response *w, Err *err);
bool page_archive_tar(Request *r, Response *w, Err *err);
bool page_archive_reopen(Request *r, Response *w, Err *err);
bool page_archive_reopen_send(Request *r, Response *w, Err *err);
bool page_retention(Request *r, Response *w, Err *err);
bool page_retention_set(Request *r, Response *w, Err *err);
bool page_retention_set_send(Request *r, Response *w, Err *err);
bool page_anonymise(Request *r, Response *w, Err *err);
bool page_anonymise_send(Request *r, Response *w, Err *err);
bool page_archive_verify(Request *r, Response *w, Err *err);
bool page_archive_verify_send(Request *r, Response *w, Err *err);

// The part of a request's page (request_part.h).
bool part_archive(Request *r, const RequestFile *file, Out *out, Err *err);

typedef struct ArchiveLineView {
    Str href, code, title, ended, outcome, at, by, sum, size, why;
    int64_t id;
} ArchiveLineView;

typedef struct ArchivePart {
    Str sealed;            // since when; empty: it is not in the archive
    Str archive, reopen;   // addresses, for who may and where it may be
    Links tar;             // of the newest package, a link for each volume
    ArchiveLineView *rows; // packages, the last first
    size_t n;
    Str wait; // why it cannot be put away yet
} ArchivePart;

typedef struct ArchivePage {
    Desk desk;
    Form form;
    ArchiveLineView *rows;
    size_t n;
    Str next;
    Str why;       // of the first that was left
    Str due;       // 3件保管期满, with
    Str due_href;  // its address
    Str retention; // address
} ArchivePage;

typedef struct RetentionLine {
    Str name, years, reason, edit;
    bool own;
} RetentionLine;

typedef struct RetentionPage {
    Desk desk;
    RetentionLine lines[RETAIN__COUNT];
    Str due_href;
} RetentionPage;

typedef struct AnonymLine {
    Str href, code, title, kind, ended, until, found; // found: 内容里疑似有身份证号码
} AnonymLine;

typedef struct AnonymPage {
    Desk desk;
    Form form;
    AnonymLine *lines;
    size_t n, n_found;
} AnonymPage;

typedef struct VerifyPage {
    Frame page;
    Form form;
    bool proved;
    ArchiveProof proof;
    Str public_key, files;
} VerifyPage;

#endif
