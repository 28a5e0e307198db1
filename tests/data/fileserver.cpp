#include "tests/data/fileserver.h"

#include <QHostAddress>
#include <QTcpSocket>

namespace digitpad::test {

FileServer::FileServer()
{
    connect(&m_server, &QTcpServer::newConnection, this, &FileServer::onConnection);
    m_server.listen(QHostAddress::LocalHost);
}

QUrl FileServer::folder(const QString& name) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/%2/").arg(m_server.serverPort()).arg(name));
}

void FileServer::onConnection()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onReadyRead(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_received.remove(socket);
            socket->deleteLater();
        });
    }
}

void FileServer::onReadyRead(QTcpSocket* socket)
{
    QByteArray& received = m_received[socket];
    received += socket->readAll();
    if (!received.contains("\r\n\r\n")) {
        return;
    }
    const QString path = QString::fromLatin1(received.split(' ').value(1));
    received.clear();
    m_requests += path;
    answer(socket, m_answers.value(path, {"not here", 404}));
}

void FileServer::answer(QTcpSocket* socket, const Answer& answer)
{
    const qsizetype length = answer.announced < 0 ? answer.body.size() : answer.announced;
    socket->write("HTTP/1.1 " + QByteArray::number(answer.status) + " Answer\r\nConnection: close\r\n");
    socket->write("Content-Length: " + QByteArray::number(length) + "\r\n" + answer.headers + "\r\n");
    socket->write(answer.body);
    if (!answer.hold) {
        socket->disconnectFromHost();
    }
}

} // namespace digitpad::test
