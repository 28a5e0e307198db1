#include "ui/widgets/statepage.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace digitpad {

namespace {

constexpr int lineCharacters = 62;

QHBoxLayout* centred(const QList<QWidget*>& widgets)
{
    auto* layout = new QHBoxLayout;
    layout->addStretch(1);
    for (QWidget* widget : widgets) {
        layout->addWidget(widget);
    }
    layout->addStretch(1);
    return layout;
}

} // namespace

StatePage::StatePage(const QString& name, const QString& title, const QString& text,
                     const QList<QWidget*>& widgets, const QList<QPushButton*>& buttons, QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(title, this))
    , m_text(new QLabel(text, this))
{
    setObjectName(name);
    m_title->setObjectName(name + QStringLiteral("Title"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setAlignment(Qt::AlignHCenter);
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setBold(true);
    m_title->setFont(font);
    m_text->setObjectName(name + QStringLiteral("Text"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignHCenter);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const int width = fontMetrics().averageCharWidth() * lineCharacters;
    m_title->setFixedWidth(width);
    m_text->setFixedWidth(width);

    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addStretch(2);
    layout->addLayout(centred({m_title})); // An alignment would give a wrapped text one line.
    layout->addLayout(centred({m_text}));
    for (QWidget* widget : widgets) {
        widget->setParent(this);
        widget->setFixedWidth(width);
        layout->addLayout(centred({widget}));
    }
    layout->addSpacing(6);
    layout->addLayout(centred(QList<QWidget*>(buttons.begin(), buttons.end())));
    layout->addStretch(3);
}

void StatePage::setTitle(const QString& title)
{
    m_title->setText(title);
}

void StatePage::setText(const QString& text)
{
    m_text->setText(text);
}

} // namespace digitpad
