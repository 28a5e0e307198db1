#include "ui/training/disclosure.h"

#include "ui/training/formfield.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace digitpad {

Disclosure::Disclosure(const QString& title, bool heading, QWidget* parent)
    : QWidget(parent)
    , m_header(new QToolButton(this))
    , m_note(new NoteLabel({}, this))
    , m_content(new QWidget(this))
    , m_layout(new QVBoxLayout(m_content))
{
    m_header->setText(title);
    m_header->setObjectName(QStringLiteral("disclose"));
    m_header->setAccessibleName(title);
    m_header->setAutoRaise(true);
    m_header->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_header->setFocusPolicy(Qt::StrongFocus);
    m_header->setIconSize({10, 10});
    if (heading) {
        QFont font = m_header->font();
        font.setBold(true);
        m_header->setFont(font);
    }
    m_note->setWordWrap(false);
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_layout->setContentsMargins(heading ? 6 : 0, 2, 0, heading ? 8 : 2);
    auto* row = new QHBoxLayout;
    row->addWidget(m_header);
    row->addWidget(m_note, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(m_content);
    m_header->setArrowType(Qt::RightArrow);
    m_content->hide();
    connect(m_header, &QToolButton::clicked, this, [this] { setOpen(!m_open); });
}

QSize Disclosure::sizeHint() const
{
    return QWidget::sizeHint().expandedTo({m_content->sizeHint().width(), 0});
}

void Disclosure::setOpen(bool open)
{
    if (open == m_open) {
        return;
    }
    m_open = open;
    m_header->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    m_header->setAccessibleDescription(open ? tr("Open") : tr("Closed"));
    m_content->setVisible(open);
    showSummary();
    Q_EMIT toggled(open);
}

void Disclosure::setSummary(const QString& text)
{
    if (text != m_summary) {
        m_summary = text;
        showSummary();
    }
}

void Disclosure::showSummary()
{
    m_note->setText(isOpen() ? QString()
                             : m_note->fontMetrics().elidedText(m_summary, Qt::ElideRight, m_note->width()));
}

void Disclosure::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showSummary();
}

void Disclosure::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        showSummary();
    }
}

} // namespace digitpad
