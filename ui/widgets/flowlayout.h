#pragma once

#include <QLayout>
#include <QList>

namespace digitpad {

/// Widgets in lines, from left to right (in right-to-left languages the other way), as many in a line as
/// there is room for; centred within a line's height.
class FlowLayout : public QLayout
{
public:
    explicit FlowLayout(QWidget* parent = nullptr);
    ~FlowLayout() override;

    /// Whether the last widget stands at the far end of its line, where it is not alone in it.
    void setLastAtEnd(bool on);

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize minimumSize() const override;
    [[nodiscard]] QSize sizeHint() const override;
    void setGeometry(const QRect& rect) override;

private:
    /// Gives the height that is used.
    int arrange(const QRect& rect, bool apply) const;
    void placeLine(const QList<QLayoutItem*>& line, const QRect& rect, int y, int height) const;

    QList<QLayoutItem*> m_items;
    bool m_lastAtEnd = false;
};

} // namespace digitpad
